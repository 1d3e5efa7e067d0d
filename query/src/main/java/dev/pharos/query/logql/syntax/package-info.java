@NullMarked
package dev.pharos.query.logql.syntax;

import org.jspecify.annotations.NullMarked;
