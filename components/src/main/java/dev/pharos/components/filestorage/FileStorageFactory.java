package dev.pharos.components.filestorage;

import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `file_storage` extensions.
public final class FileStorageFactory implements Factory.OfExtension<FileStorageConfig> {
  @Override
  public ComponentDescriptor<FileStorageConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.EXTENSION, "file_storage", FileStorageConfig.SCHEMA, Stability.BETA);
  }

  @Override
  public Extension create(Setup setup, FileStorageConfig config) {
    return new FileStorage(setup.owner(), config);
  }
}
