package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Sink;
import dev.pharos.pipeline.component.Durability;

/// One way out of a fan-out. Its durability is the strongest one of the exporters it reaches.
///
/// @param name for counters: the pipeline or the exporter
public record Branch<B extends Batch>(String name, Sink<B> sink, Durability durability) {}
