package dev.pharos.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Cargo;
import dev.pharos.model.Client;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineKeysTest {
  private final List<RequestKey> seen = new ArrayList<>();

  @Test
  void givesTheSameRequestAnotherKeyInEachPipelineAndTheSameOnAResend() {
    var request = new RequestKey(1, 2);

    send("traces/a", request);
    send("traces/b", request);
    send("traces/a", request);

    assertThat(seen.get(0)).isNotEqualTo(seen.get(1)).isEqualTo(seen.get(2));
  }

  @Test
  void leavesRequestsWithoutAKeyWithoutOne() {
    PipelineKeys.<SpanBatch>of("traces/a", parcel -> seen.addAll(parcel.keys()))
        .accept(
            new Parcel<>(
                new Cargo.Rows<>(new SpanBatch()),
                Tenant.DEFAULT,
                Client.NONE,
                Acknowledgement.NOBODY,
                List.of(RequestKey.NONE, new RequestKey(1, 2)),
                List.of(),
                new int[0]));

    assertThat(seen.get(0)).isEqualTo(RequestKey.NONE);
    assertThat(seen.get(1).isNone()).isFalse();
  }

  private void send(String pipeline, RequestKey key) {
    PipelineKeys.<SpanBatch>of(pipeline, parcel -> seen.addAll(parcel.keys()))
        .accept(Parcel.of(new SpanBatch(), Tenant.DEFAULT, key, Acknowledgement.NOBODY));
  }
}
