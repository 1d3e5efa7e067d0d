/// What is kept of the names of services.
@NullMarked
package dev.pharos.store.names;

import org.jspecify.annotations.NullMarked;
