package dev.pharos.app.doctor;

import dev.pharos.pipeline.config.Environment;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Looks at a Pharos with its default ports, from outside and without changing anything.
///
/// @param host where it runs
/// @param data its directory, if it runs here
public record Doctor(Clock clock, Environment environment, String host, Path data) {
  private static final double LOW_SHARE = 0.1;
  private static final long LOW_BYTES = 2L << 30;

  /// Everything there is to say, the good things as well.
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    var running = new RunningPharos(host, Ports.DEFAULT);
    findings.addAll(running.ports());
    if (findings.stream().anyMatch(finding -> finding.level() == Finding.Level.OK)) {
      findings.addAll(new Arrivals(running, clock).check());
    }
    disk(findings);
    findings.addAll(SdkEnvironment.check(environment));
    return findings;
  }

  private void disk(List<Finding> findings) {
    if (!Files.isDirectory(data)) {
      return;
    }
    try {
      FileStore store = Files.getFileStore(data);
      long free = store.getUsableSpace();
      double share = (double) free / Math.max(1, store.getTotalSpace());
      String said =
          String.format(
              Locale.ROOT, "disk of %s: %.1f GB free, %.0f %%", data, free / 1e9, share * 100);
      findings.add(
          share < LOW_SHARE && free < LOW_BYTES * 5 || free < LOW_BYTES
              ? Finding.wrong(
                  said,
                  "free some, or shorten the retention or max_size_mib of extension store: a full disk stops intake")
              : Finding.ok(said));
    } catch (IOException e) {
      findings.add(
          Finding.note("disk of " + data + " cannot be asked: " + e.getMessage(), "check it"));
    }
  }
}
