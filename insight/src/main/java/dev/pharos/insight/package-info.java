/// Where to look first: services beside their own normal, what changed, and who waits for whom.
@NullMarked
package dev.pharos.insight;

import org.jspecify.annotations.NullMarked;
