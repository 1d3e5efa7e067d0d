/// What sets some spans apart from others: each value of each attribute by its share among the ones and the others.
@NullMarked
package dev.pharos.insight.compare;

import org.jspecify.annotations.NullMarked;
