@NullMarked
package dev.pharos.query.traceql;

import org.jspecify.annotations.NullMarked;
