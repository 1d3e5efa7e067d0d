package dev.pharos.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Certificates or a private key in PEM form: a file, read when a connection setting is built, or the text itself.
public sealed interface Pem {
  /// What stands in a file.
  record File(Path path) implements Pem {}

  /// The PEM text.
  record Text(String pem) implements Pem {
    @Override
    public String toString() {
      return "Text[" + pem.length() + " characters]";
    }
  }

  static Pem file(String path) {
    return new File(Path.of(path));
  }

  static Pem text(String pem) {
    return new Text(pem);
  }

  /// The bytes.
  ///
  /// @throws TransportException if the file cannot be read; the message names it
  default byte[] read() {
    return switch (this) {
      case Text(String pem) -> pem.getBytes(StandardCharsets.UTF_8);
      case File(Path path) -> {
        try {
          yield Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
          throw new TransportException("TLS file " + path + " does not exist", e);
        } catch (IOException e) {
          throw new TransportException(
              "TLS file " + path + " cannot be read: " + e.getMessage(), e);
        }
      }
    };
  }
}
