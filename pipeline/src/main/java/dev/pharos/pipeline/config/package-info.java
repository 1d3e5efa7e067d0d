/// The configuration tree: sources read as YAML with positions, merged and expanded by the Collector's rules.
@NullMarked
package dev.pharos.pipeline.config;

import org.jspecify.annotations.NullMarked;
