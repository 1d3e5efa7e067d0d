package dev.pharos.store.read;

import dev.pharos.model.Labels;

/// An exemplar: usually the labels `trace_id` and `span_id`, then the filtered attributes.
public record Exemplar(Labels labels, double value, long millis) {}
