package dev.pharos.pipeline.queue;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.binary.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Joins parcels into larger ones and cuts larger ones into pieces, so that every item and every acknowledgement of the
/// input is in the output once. Any thread.
public final class Joining {
  private Joining() {}

  /// All parcels as one.
  ///
  /// @param parcels at least one, of one tenant
  public static <B extends Batch> Parcel<B> join(List<Parcel<B>> parcels) {
    if (parcels.size() == 1) {
      return parcels.get(0);
    }
    return Parcel.join(Batches.concat(parcels.stream().map(Parcel::batch).toList()), parcels);
  }

  /// The parcel in pieces of at most `maxItems` items; as it is if it has no more. The request keys go with the last
  /// piece.
  ///
  /// @param maxItems above 0
  public static <B extends Batch> List<Parcel<B>> split(Parcel<B> parcel, long maxItems) {
    if (parcel.batch().items() <= maxItems) {
      return List.of(parcel);
    }
    int items = parcel.batch().items();
    int pieces = (int) ((items + maxItems - 1) / maxItems);
    List<Acknowledgement> parts = parcel.acknowledgement().split(pieces);
    List<Parcel<B>> made = new ArrayList<>(pieces);
    for (int i = 0; i < pieces; i++) {
      int from = (int) (i * maxItems);
      int to = (int) Math.min(items, from + maxItems);
      B piece = Batches.room(List.of(parcel.batch()));
      Batches.append(piece, parcel.batch(), from, to);
      int[] sources =
          parcel.sources().length == 0
              ? parcel.sources()
              : Arrays.copyOfRange(parcel.sources(), from, to);
      List<RequestKey> keys = i == pieces - 1 ? parcel.keys() : List.of();
      made.add(new Parcel<>(piece, parcel.tenant(), parts.get(i), keys, sources));
    }
    return made;
  }
}
