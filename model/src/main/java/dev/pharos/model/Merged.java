package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.util.List;

/// The acknowledgement of a batch joined from several parcels: what happens to the batch happens to each of them.
///
/// @param firstSources the index, in the joined batch, of each parcel's first source
record Merged(List<Acknowledgement> parcels, int[] firstSources) implements Acknowledgement {
  @Override
  public void rejected(int source, long items, Cause cause, String reason) {
    int parcel = firstSources.length - 1;
    while (firstSources[parcel] > source) {
      parcel--;
    }
    parcels.get(parcel).rejected(source - firstSources[parcel], items, cause, reason);
  }

  @Override
  public void done() {
    parcels.forEach(Acknowledgement::done);
  }

  @Override
  public void fail(Failure failure) {
    parcels.forEach(parcel -> parcel.fail(failure));
  }
}
