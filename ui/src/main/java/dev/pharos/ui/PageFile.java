package dev.pharos.ui;

import dev.pharos.transport.Body;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// One file of the built pages with its gzipped form, ready to be sent. Immutable.
///
/// @param plain the bytes as they are
/// @param packed the same, gzipped when the pages were built
/// @param tag the quoted `ETag`: a digest of the bytes
/// @param lasting whether the name holds a digest of the content, so that it may be kept for ever
record PageFile(Body plain, Body packed, String contentType, String tag, boolean lasting) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /// @param name the path below the pages' root; those in `assets/` have a digest in their name
  static PageFile of(String name, byte[] plain, byte[] packed) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return new PageFile(
        Body.of(plain),
        Body.of(packed),
        TYPES.getOrDefault(ending, "application/octet-stream"),
        '"' + digest(plain) + '"',
        name.startsWith("assets/"));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(whole, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
