/// Extension store, the database, and exporter store, which puts the data of pipelines into it.
@NullMarked
package dev.pharos.app.store;

import org.jspecify.annotations.NullMarked;
