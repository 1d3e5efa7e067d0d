package dev.pharos.pipeline.queue;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import java.util.List;
import java.util.Optional;

/// Puts parcels of one tenant together and cuts what is too large, so that every item and every acknowledgement of the input
/// is in the output once.
@FunctionalInterface
public interface BatchJoiner<B extends Batch> {
  /// @param parcels at least one, of one tenant, in their order
  /// @param batching empty to leave them as they are
  List<Parcel<B>> join(List<Parcel<B>> parcels, Optional<QueuePolicy.Batching> batching);
}
