package dev.pharos.pipeline.config.service;

import dev.pharos.model.Signal;

/// What a connector takes and what it makes of it.
public record SignalPair(Signal from, Signal to) {
  /// `traces-to-metrics`.
  public String label() {
    return from.label() + "-to-" + to.label();
  }
}
