package dev.pharos.transport;

import java.util.List;
import java.util.stream.Stream;

/// The TLS versions that are offered. 1.0 and 1.1 are not: the JDK has them switched off.
public enum TlsVersion {
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String protocol;

  TlsVersion(String protocol) {
    this.protocol = protocol;
  }

  /// The names, as the JDK spells them, of the versions from `least` to `most`.
  public static List<String> protocols(TlsVersion least, TlsVersion most) {
    if (least.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "TLS versions: " + least + " to " + most + " (expected: the lower one first)");
    }
    return Stream.of(values())
        .filter(version -> version.compareTo(least) >= 0 && version.compareTo(most) <= 0)
        .map(version -> version.protocol)
        .toList();
  }
}
