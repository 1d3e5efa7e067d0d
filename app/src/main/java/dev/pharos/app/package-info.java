/// The program: commands, the built-in configuration and components, and the wiring of everything by plain
/// constructors.
@NullMarked
package dev.pharos.app;

import org.jspecify.annotations.NullMarked;
