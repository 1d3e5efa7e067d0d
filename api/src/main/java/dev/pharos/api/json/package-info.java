/// Answers as JSON, and attribute values in them.
@NullMarked
package dev.pharos.api.json;

import org.jspecify.annotations.NullMarked;
