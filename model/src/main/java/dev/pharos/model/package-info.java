@NullMarked
package dev.pharos.model;

import org.jspecify.annotations.NullMarked;
