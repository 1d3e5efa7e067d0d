@NullMarked
package dev.pharos.log;

import org.jspecify.annotations.NullMarked;
