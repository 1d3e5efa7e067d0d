/// Work on parcels away from the threads that bring them.
@NullMarked
package dev.pharos.components.turn;

import org.jspecify.annotations.NullMarked;
