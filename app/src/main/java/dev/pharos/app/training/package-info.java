/// What the training run does with a whole Pharos before its start-up cache is written.
@NullMarked
package dev.pharos.app.training;

import org.jspecify.annotations.NullMarked;
