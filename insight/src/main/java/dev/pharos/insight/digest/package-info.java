/// What summaries of the store do not say of spans: which Resources sent them, and which peers they call. Worked out of
/// each block once.
@NullMarked
package dev.pharos.insight.digest;

import org.jspecify.annotations.NullMarked;
