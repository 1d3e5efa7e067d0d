package dev.pharos.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Who sent a request, as far as it travels with the data.
///
/// @param address that the request came from; empty for data of several requests, or of none
/// @param metadata what its receiver was told to include
public record Client(Optional<InetAddress> address, Metadata metadata) {
  /// Of data of which nobody knows.
  public static final Client NONE = new Client(Optional.empty(), Metadata.NONE);

  /// Nobody of whom more is known than this.
  public static Client of(Metadata metadata) {
    return metadata.isEmpty() ? NONE : new Client(Optional.empty(), metadata);
  }

  /// What still holds where data of several requests, which agree in the metadata of these names, have been joined.
  public Client only(List<String> names) {
    return of(metadata.only(names));
  }
}
