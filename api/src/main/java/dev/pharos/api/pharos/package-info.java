/// What the UI asks beyond the query languages: services, changes, and where to look first.
@NullMarked
package dev.pharos.api.pharos;

import org.jspecify.annotations.NullMarked;
