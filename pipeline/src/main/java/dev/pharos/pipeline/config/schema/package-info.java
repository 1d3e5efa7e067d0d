/// Schemas that decode configuration trees into records, strictly, and describe themselves for the reference.
@NullMarked
package dev.pharos.pipeline.config.schema;

import org.jspecify.annotations.NullMarked;
