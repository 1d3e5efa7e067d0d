package dev.pharos.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux's `/proc` says of a process: CPU time, and memory now and at most.
///
/// @param cpuSeconds user and system time of all its threads and of its ended children, in ticks of 10 ms
record ProcessStatus(double cpuSeconds, double residentMib, double peakMib) {
  private static final double TICKS_A_SECOND = 100;

  /// @throws IOException if there is no such process
  static ProcessStatus of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // The name in parentheses may hold spaces; what follows it are numbers, the state being field 3
    // of the manual.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int field = 14; field <= 17; field++) {
      ticks += Long.parseLong(fields[field - 3]);
    }
    List<String> status = Files.readAllLines(folder.resolve("status"));
    return new ProcessStatus(
        ticks / TICKS_A_SECOND, mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
  }

  private static double mebibytes(List<String> status, String key) {
    return status.stream()
            .filter(line -> line.startsWith(key))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        / 1024.0;
  }
}
