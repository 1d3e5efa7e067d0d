@NullMarked
package dev.pharos.query.syntax;

import org.jspecify.annotations.NullMarked;
