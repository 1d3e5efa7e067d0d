/// What one trace tells by itself: where its time went, where its error began, and which of its spans are alike.
@NullMarked
package dev.pharos.insight.trace;

import org.jspecify.annotations.NullMarked;
