@NullMarked
package dev.pharos.api;

import org.jspecify.annotations.NullMarked;
