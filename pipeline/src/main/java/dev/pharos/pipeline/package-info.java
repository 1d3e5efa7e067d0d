/// Pipelines in the Collector's own YAML: configuration, component contracts, the graph, queues and retry.
@NullMarked
package dev.pharos.pipeline;

import org.jspecify.annotations.NullMarked;
