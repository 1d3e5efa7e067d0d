/// Numbers and attribute values as text, in the forms that the programs of the field, which are written in Go, give
/// them.
@NullMarked
package dev.pharos.model.text;

import org.jspecify.annotations.NullMarked;
