package dev.pharos.pipeline.component;

/// The source of pipelines: one instance, shared by all that name it. It is made with the sinks of the signals that
/// have a pipeline from it, and owes each sender an answer.
public interface Receiver extends Component {}
