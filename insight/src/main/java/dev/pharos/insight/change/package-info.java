/// Whether, since when and by how much calls left their normal.
@NullMarked
package dev.pharos.insight.change;

import org.jspecify.annotations.NullMarked;
