package dev.pharos.store.manifest;

import dev.pharos.store.delete.Deletion;
import java.util.List;

/// A deletion whose rows are still in segments.
///
/// @param segments names of those that held such rows when it was asked for; rows elsewhere are not concerned
public record Tombstone(Deletion deletion, List<String> segments) {
  public Tombstone {
    segments = List.copyOf(segments);
  }
}
