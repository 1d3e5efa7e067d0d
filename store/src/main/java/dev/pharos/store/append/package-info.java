/// The store as those see it who put data in.
@NullMarked
package dev.pharos.store.append;

import org.jspecify.annotations.NullMarked;
