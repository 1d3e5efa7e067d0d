package dev.pharos.store.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads that leave the CPU to whoever answers requests, when both want it.
///
/// On Linux a thread has a nice value of its own, which `setpriority` changes; the JVM's thread priorities do so only
/// for root and by an option that warns everybody else. On other systems, and where native access is denied, these are
/// ordinary threads of the lowest priority.
final class BackgroundThread {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  private BackgroundThread() {}

  /// @param nice 0 for an equal share of the CPU to 19 for nearly none while others want it; five steps cut it to a
  ///     third
  static Thread unstarted(String name, int nice, Runnable task) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .priority(Thread.MIN_PRIORITY)
        .unstarted(
            () -> {
              lower(nice);
              task.run();
            });
  }

  private static void lower(int nice) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int result = (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, nice);
      if (result != 0) {
        LOG.debug("setpriority to {} gave {}", nice, result);
      }
    } catch (Throwable e) { // what a method handle declares
      LOG.debug("Background threads keep an ordinary share of the CPU", e);
    }
  }
}
