/// The exceptions that spans carry as events, put together where they say the same.
@NullMarked
package dev.pharos.insight.exception;

import org.jspecify.annotations.NullMarked;
