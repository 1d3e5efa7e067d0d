package dev.pharos.observe;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/// What the process and its virtual machine use, under the names that Prometheus' client libraries give it. What the
/// system does not tell is left at 0.
public final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double NANOS = 1e9;

  private ProcessMetrics() {}

  /// Adds the metrics to a registry; they are read whenever it is.
  public static void register(Registry registry) {
    registry.total(
        "process_cpu_seconds_total", "CPU time of the process.", ProcessMetrics::cpuSeconds);
    registry.gauge(
        "process_resident_memory_bytes",
        "Memory of the process that is in RAM.",
        ProcessMetrics::residentBytes);
    registry.gauge(
        "process_start_time_seconds",
        "When the process began, in seconds since 1970.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    memory(registry, "heap", () -> heap().getUsed(), () -> heap().getMax());
    memory(registry, "nonheap", () -> other().getUsed(), () -> other().getMax());
    registry.total(
        "jvm_gc_collection_seconds_total",
        "Time in garbage collections.",
        () -> sum(GarbageCollectorMXBean::getCollectionTime) / 1e3);
    registry.total(
        "jvm_gc_collections_total",
        "Garbage collections.",
        () -> sum(GarbageCollectorMXBean::getCollectionCount));
    registry.gauge(
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void memory(
      Registry registry, String area, DoubleSupplier used, DoubleSupplier most) {
    registry.gauge("jvm_memory_used_bytes", "Memory in use.", used, "area", area);
    registry.gauge("jvm_memory_max_bytes", "Most memory; -1 without limit.", most, "area", area);
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  private static MemoryUsage other() {
    return ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime()) / NANOS
        : 0;
  }

  private static double residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static double sum(ToLongFunction<GarbageCollectorMXBean> of) {
    return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(of).sum();
  }
}
