/// Attribute values of any kind as the text, the JSON and the flat members that queries and answers show.
@NullMarked
package dev.pharos.query.value;

import org.jspecify.annotations.NullMarked;
