@NullMarked
package dev.pharos.query.logql;

import org.jspecify.annotations.NullMarked;
