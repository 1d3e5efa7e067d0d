package dev.pharos.pipeline.queue;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.binary.Batches;
import java.util.ArrayList;
import java.util.List;

/// Joins parcels into larger ones and cuts larger ones into pieces, so that every item and every acknowledgement of the
/// input is in the output once. Any thread.
public final class Joining {
  private Joining() {}

  /// All parcels as one. Their rows are joined only when somebody reads them.
  ///
  /// @param parcels at least one, of one [dev.pharos.model.Partition]
  public static <B extends Batch> Parcel<B> join(List<Parcel<B>> parcels) {
    return Parcel.join(parcels, Batches::concat);
  }

  /// The parcel in pieces of at most `maxItems` items; as it is if it has no more.
  ///
  /// @param maxItems above 0
  public static <B extends Batch> List<Parcel<B>> split(Parcel<B> parcel, long maxItems) {
    int items = parcel.items();
    if (items <= maxItems) {
      return List.of(parcel);
    }
    List<B> pieces = new ArrayList<>((int) ((items + maxItems - 1) / maxItems));
    for (int from = 0; from < items; from += (int) maxItems) {
      B piece = Batches.room(List.of(parcel.batch()));
      Batches.append(piece, parcel.batch(), from, (int) Math.min(items, from + maxItems));
      pieces.add(piece);
    }
    return parcel.cut(pieces);
  }
}
