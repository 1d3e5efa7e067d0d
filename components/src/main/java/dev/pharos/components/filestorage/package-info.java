/// Extension file_storage: keeps sending queues on disk.
@NullMarked
package dev.pharos.components.filestorage;

import org.jspecify.annotations.NullMarked;
