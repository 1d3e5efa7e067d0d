@NullMarked
package dev.pharos.store;

import org.jspecify.annotations.NullMarked;
