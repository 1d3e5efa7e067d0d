package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.Decompressor;
import dev.pharos.transport.UnreadableBodyException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the one gRPC message of a unary request or answer from the pieces it comes in. One thread.
final class MessageReader {
  /// What became of the bytes so far.
  enum State {
    /// More must come.
    PARTIAL,
    /// The message is there.
    WHOLE,
    /// It is longer than the limit.
    TOO_LARGE,
    /// More bytes than one message came.
    SEVERAL
  }

  private final int maxMessageBytes;
  private final byte[] prefix = new byte[GrpcWords.PREFIX_BYTES];
  private int prefixRead;
  private int length;
  private @Nullable BodyBuffer buffer;

  MessageReader(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  State read(ByteBuf in) {
    BodyBuffer into = buffer;
    if (into == null) {
      int take = Math.min(in.readableBytes(), prefix.length - prefixRead);
      in.readBytes(prefix, prefixRead, take);
      prefixRead += take;
      if (prefixRead < prefix.length) {
        return State.PARTIAL;
      }
      length =
          (prefix[1] & 0xff) << 24
              | (prefix[2] & 0xff) << 16
              | (prefix[3] & 0xff) << 8
              | (prefix[4] & 0xff);
      if (length < 0 || length > maxMessageBytes) {
        return State.TOO_LARGE;
      }
      into = new BodyBuffer(length, length);
      buffer = into;
    }
    if (!into.append(in)) {
      return State.SEVERAL;
    }
    return into.size() == length ? State.WHOLE : State.PARTIAL;
  }

  /// Whether the message is there.
  boolean whole() {
    return buffer != null && buffer.size() == length;
  }

  /// Whether nothing came at all.
  boolean nothing() {
    return prefixRead == 0;
  }

  /// The length that the message claims, as an unsigned number.
  long length() {
    return Integer.toUnsignedLong(length);
  }

  /// The message.
  ///
  /// @param encoding what `grpc-encoding` names, for a message that is marked as compressed
  Body message(Optional<ContentEncoding> encoding, String claimed) throws UnreadableBodyException {
    BodyBuffer read = buffer;
    Body body = read == null ? Body.EMPTY : read.body();
    if (prefix[0] == 0) {
      return body;
    }
    if (encoding.isEmpty()) {
      throw new UnreadableBodyException(new BodyProblem.UnsupportedEncoding(claimed));
    }
    return Decompressor.decompress(encoding.get(), body, maxMessageBytes);
  }

  /// Whether the message is marked as compressed.
  boolean compressed() {
    return prefix[0] != 0;
  }
}
