package dev.pharos.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;

/// One gRPC call with its message. Any thread.
public interface GrpcRequest {
  /// `package.Service/Method`.
  String method();

  /// The message, decompressed. The handler may keep it.
  Body message();

  /// The call's metadata; [Headers#binary] decodes the `-bin` entries.
  Headers metadata();

  /// What is left of the caller's deadline, in nanoseconds, below 0 once it has passed; empty if there is none.
  OptionalLong remainingNanos();

  InetSocketAddress remoteAddress();

  /// Whether the connection is encrypted.
  boolean secure();

  /// The subject of the client's verified certificate, in RFC 2253 form; empty without mTLS.
  Optional<String> peerPrincipal();

  /// Runs `action` if the caller cancels or goes before the reply is complete; at once if that has happened. Actions
  /// run on an event loop and must not block.
  void onCancel(Runnable action);

  /// Whether the caller has cancelled or gone.
  boolean cancelled();
}
