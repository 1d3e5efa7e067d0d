@NullMarked
package dev.pharos.components;

import org.jspecify.annotations.NullMarked;
