/// What many traces have in common: the tree of their operations.
@NullMarked
package dev.pharos.insight.structure;

import org.jspecify.annotations.NullMarked;
