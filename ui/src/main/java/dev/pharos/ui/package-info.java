/// The web UI: its pages, built from `src/main/web` into resources, and the routes that serve them.
@NullMarked
package dev.pharos.ui;

import org.jspecify.annotations.NullMarked;
