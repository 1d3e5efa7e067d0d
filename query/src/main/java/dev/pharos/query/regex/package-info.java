@NullMarked
package dev.pharos.query.regex;

import org.jspecify.annotations.NullMarked;
