@NullMarked
package dev.pharos.pipeline;

import org.jspecify.annotations.NullMarked;
