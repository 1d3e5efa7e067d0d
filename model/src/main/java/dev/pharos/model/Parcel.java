package dev.pharos.model;

import java.util.ArrayList;
import java.util.List;

/// A batch on its way, with what travels with it. Whoever receives a parcel owns the duty to answer its acknowledgement
/// once; the batch itself may be shared and is never changed.
///
/// @param keys the source requests' keys in the order of their sources, [RequestKey#NONE] for one that has none; empty
/// if none
///     has
/// @param sources of each row the index of its source request, or an empty array where there is one source. For metrics
/// the
///     rows are points.
public record Parcel<B extends Batch>(
    B batch, Tenant tenant, Acknowledgement acknowledgement, List<RequestKey> keys, int[] sources) {
  /// A parcel of one request.
  public static <B extends Batch> Parcel<B> of(
      B batch, Tenant tenant, RequestKey key, Acknowledgement acknowledgement) {
    return new Parcel<>(
        batch, tenant, acknowledgement, key.isNone() ? List.of() : List.of(key), new int[0]);
  }

  public int source(int row) {
    return sources.length == 0 ? 0 : sources[row];
  }

  /// One parcel over a batch that holds the rows of these parcels one after the other.
  ///
  /// @param parcels at least one, of one tenant
  public static <B extends Batch> Parcel<B> join(B joined, List<Parcel<B>> parcels) {
    if (parcels.size() == 1) {
      return parcels.get(0);
    }
    var firstSources = new int[parcels.size()];
    var acknowledgements = new ArrayList<Acknowledgement>(parcels.size());
    var keys = new ArrayList<RequestKey>(parcels.size());
    int rows = parcels.stream().mapToInt(parcel -> parcel.batch.items()).sum();
    var sources = new int[rows];
    int row = 0;
    int first = 0;
    for (int i = 0; i < parcels.size(); i++) {
      Parcel<B> parcel = parcels.get(i);
      firstSources[i] = first;
      acknowledgements.add(parcel.acknowledgement);
      for (int j = 0; j < parcel.batch.items(); j++) {
        sources[row++] = first + parcel.source(j);
      }
      int width = parcel.sourceCount();
      for (int j = 0; j < width; j++) {
        keys.add(j < parcel.keys.size() ? parcel.keys.get(j) : RequestKey.NONE);
      }
      first += width;
    }
    boolean keyed = keys.stream().anyMatch(key -> !key.isNone());
    return new Parcel<>(
        joined,
        parcels.get(0).tenant,
        new Merged(List.copyOf(acknowledgements), firstSources),
        keyed ? List.copyOf(keys) : List.of(),
        sources);
  }

  /// How many requests the rows come from.
  public int sourceCount() {
    int most = Math.max(0, keys.size() - 1);
    for (int source : sources) {
      most = Math.max(most, source);
    }
    return most + 1;
  }

  /// The same on the same way with another acknowledgement.
  public Parcel<B> with(Acknowledgement other) {
    return new Parcel<>(batch, tenant, other, keys, sources);
  }

  /// An edited batch in place of this one.
  ///
  /// @param newSources as [#sources()], for the rows of `edited`
  public Parcel<B> with(B edited, int[] newSources) {
    return new Parcel<>(edited, tenant, acknowledgement, keys, newSources);
  }
}
