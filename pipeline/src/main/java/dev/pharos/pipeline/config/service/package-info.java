/// The whole configuration: components, pipelines and telemetry, decoded against a catalog of components and checked.
@NullMarked
package dev.pharos.pipeline.config.service;

import org.jspecify.annotations.NullMarked;
