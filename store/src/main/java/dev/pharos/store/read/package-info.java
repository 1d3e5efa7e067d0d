/// The store as queries see it: series of samples, and blocks of spans and log records whose columns are read when
/// asked for. Head and segments look alike, and a plan is a snapshot: no cut, merge or delete changes what it shows.
@NullMarked
package dev.pharos.store.read;

import org.jspecify.annotations.NullMarked;
