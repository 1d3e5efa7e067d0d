@NullMarked
package dev.pharos.query;

import org.jspecify.annotations.NullMarked;
