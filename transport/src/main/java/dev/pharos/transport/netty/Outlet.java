package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import java.util.concurrent.CompletableFuture;

/// The answering side of one request, as its protocol writes it. Any thread; a client that has gone is no error.
///
/// Either `send`, or `start`, any number of `write` and `finish`. Header fields are names (lower case) and values in
/// turn.
interface Outlet {
  /// No fields.
  AsciiString[] NONE = {};

  Channel channel();

  /// Writes a whole answer.
  void send(int status, AsciiString[] headers, Body body, AsciiString[] trailers);

  /// Writes the head of an answer whose length is not known.
  void start(int status, AsciiString[] headers);

  /// Writes a part of the content. The future completes when it is on its way, and fails if the client has gone.
  CompletableFuture<Void> write(Body chunk);

  /// Ends what `start` began.
  void finish(AsciiString[] trailers);

  /// Breaks the answer off visibly.
  void abort();
}
