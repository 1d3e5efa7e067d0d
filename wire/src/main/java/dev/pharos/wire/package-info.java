@NullMarked
package dev.pharos.wire;

import org.jspecify.annotations.NullMarked;
