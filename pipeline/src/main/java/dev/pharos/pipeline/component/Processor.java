package dev.pharos.pipeline.component;

import dev.pharos.model.Batch;
import dev.pharos.model.Sink;

/// Takes batches, passes on what it makes of them, and answers each acknowledgement once: usually by passing it on. One
/// instance per pipeline.
public interface Processor<B extends Batch> extends Component, Sink<B> {}
