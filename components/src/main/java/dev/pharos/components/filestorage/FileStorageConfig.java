package dev.pharos.components.filestorage;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.util.List;

/// The keys of extension `file_storage`.
///
/// @param createDirectory whether the directory is made if it is missing
public record FileStorageConfig(String directory, boolean createDirectory) {
  private record Compaction(boolean onStart) {}

  private static final ConfigSchema<Compaction> COMPACTION =
      ConfigSchema.of(
          keys -> {
            var compaction =
                new Compaction(
                    keys.bool(
                        "on_start", false, "has no effect: files go when nothing needs them"));
            keys.bool("on_rebound", false, "has no effect");
            keys.bool("cleanup_on_start", false, "has no effect");
            keys.text("directory", "", "has no effect");
            keys.duration("check_interval", "5s", "has no effect");
            for (String key :
                List.of(
                    "rebound_needed_threshold_mib",
                    "rebound_trigger_threshold_mib",
                    "max_transaction_size")) {
              keys.count(key, 0, "has no effect");
            }
            return compaction;
          });

  public static final ConfigSchema<FileStorageConfig> SCHEMA =
      ConfigSchema.of(
          keys -> {
            var config =
                new FileStorageConfig(
                    keys.text(
                        "directory",
                        "/var/lib/otelcol/file_storage",
                        "where the queues are kept, one directory each"),
                    keys.bool(
                        "create_directory",
                        false,
                        "whether the directory is made if it is missing"));
            keys.duration("timeout", "1s", "has no effect: another process is refused at once");
            keys.bool("fsync", false, "has no effect: what is answered is always forced");
            keys.text("directory_permissions", "0750", "has no effect");
            keys.bool("recreate", false, "has no effect: damage is set aside, not fatal");
            keys.section("compaction", COMPACTION, "has no effect");
            return config;
          });
}
