/// Processors `attributes` and `resource`: actions on attributes, and which items they are for.
@NullMarked
package dev.pharos.components.attributes;

import org.jspecify.annotations.NullMarked;
