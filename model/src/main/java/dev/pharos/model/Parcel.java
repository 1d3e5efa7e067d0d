package dev.pharos.model;

import java.util.List;

/// A batch on its way, with what travels with it. Whoever receives a parcel owns the duty to answer its acknowledgement
/// once; the batch itself may be shared and is never changed.
///
/// @param keys the source requests' keys in the order of their sources; empty where resends cannot be told
/// @param sources of each row the index of its source request, or an empty array where there is one source. For metrics the
///     rows are points.
public record Parcel<B extends Batch>(
    B batch, Tenant tenant, Acknowledgement acknowledgement, List<RequestKey> keys, int[] sources) {
  /// A parcel of one request.
  public static <B extends Batch> Parcel<B> of(B batch, Tenant tenant, RequestKey key, Acknowledgement acknowledgement) {
    return new Parcel<>(batch, tenant, acknowledgement, key.isNone() ? List.of() : List.of(key), new int[0]);
  }

  public int source(int row) {
    return sources.length == 0 ? 0 : sources[row];
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
