package dev.pharos.transport;

import java.util.Locale;
import java.util.Optional;

/// The compressions of HTTP bodies and gRPC messages that are understood.
public enum ContentEncoding {
  IDENTITY("identity"),
  GZIP("gzip"),
  ZSTD("zstd"),
  /// RFC 9110 `deflate`, which is zlib; `zlib` is the Collector's second name for it.
  DEFLATE("deflate"),
  /// Snappy, block or framed, told apart by the stream's first bytes.
  SNAPPY("snappy");

  private final String token;

  ContentEncoding(String token) {
    this.token = token;
  }

  /// The name in `Content-Encoding` and `grpc-encoding`.
  public String token() {
    return token;
  }

  /// The encoding of this name, without case; empty text means identity.
  public static Optional<ContentEncoding> of(String token) {
    return switch (token.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity", "none" -> Optional.of(IDENTITY);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "zstd" -> Optional.of(ZSTD);
      case "deflate", "zlib" -> Optional.of(DEFLATE);
      case "snappy", "x-snappy-framed" -> Optional.of(SNAPPY);
      default -> Optional.empty();
    };
  }
}
