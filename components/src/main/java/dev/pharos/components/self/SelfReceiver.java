package dev.pharos.components.self;

import dev.pharos.model.Signal;
import dev.pharos.observe.LogTap;
import dev.pharos.observe.SpanTap;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Receiver;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `self` receivers. Log lines and spans go to one of them, so a configuration needs no more than one.
public final class SelfReceiver implements Factory.OfReceiver<SelfConfig> {
  private final Identity identity;
  private final LogTap lines;
  private final SpanTap spans;

  /// @param lines of the process's own log
  /// @param spans of the requests that the process answered
  public SelfReceiver(Identity identity, LogTap lines, SpanTap spans) {
    this.identity = identity;
    this.lines = lines;
    this.spans = spans;
  }

  @Override
  public ComponentDescriptor<SelfConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.RECEIVER, "self", SelfConfig.SCHEMA, Stability.ALPHA, Signal.values());
  }

  @Override
  public Receiver create(Setup setup, SelfConfig config, Sinks next) {
    return new SelfCollection(setup, config, identity, lines, spans, next);
  }
}
