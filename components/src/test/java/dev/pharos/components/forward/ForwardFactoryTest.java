package dev.pharos.components.forward;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.service.SignalPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardFactoryTest {
  private final ForwardFactory factory = new ForwardFactory();

  @Test
  void passesEverySignalOnAsItIs() {
    List<Parcel<? extends Batch>> passed = new ArrayList<>();
    Connector forward =
        factory.create(
            setup("forward", new Registry()),
            config(factory.descriptor().schema(), "{}"),
            Sinks.of(passed::add, passed::add, passed::add));
    var answer = new Answer();
    var parcel =
        Parcel.of(Samples.logs(0, 2), Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement());
    forward.sinks().logs().orElseThrow().accept(parcel);
    assertThat(passed).hasSize(1);
    assertThat(passed.get(0)).isSameAs(parcel);
  }

  @Test
  void takesOnlySignalsThatGoOn() {
    Connector forward =
        factory.create(
            setup("forward", new Registry()),
            new ForwardFactory.Config(),
            Sinks.NONE.with(Signal.TRACES, parcel -> {}));
    assertThat(forward.sinks().of(Signal.TRACES)).isPresent();
    assertThat(forward.sinks().of(Signal.LOGS)).isEmpty();
  }

  @Test
  void joinsPipelinesOfOneSignalAlone() {
    assertThat(factory.descriptor().pairs())
        .containsOnlyKeys(
            new SignalPair(Signal.TRACES, Signal.TRACES),
            new SignalPair(Signal.METRICS, Signal.METRICS),
            new SignalPair(Signal.LOGS, Signal.LOGS));
  }
}
