@NullMarked
package dev.pharos.query.traceql.syntax;

import org.jspecify.annotations.NullMarked;
