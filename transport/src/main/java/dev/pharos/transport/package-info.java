@NullMarked
package dev.pharos.transport;

import org.jspecify.annotations.NullMarked;
