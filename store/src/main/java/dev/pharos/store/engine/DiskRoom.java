package dev.pharos.store.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether one activity of a signal last failed for want of room on the disk; says so in the log when that begins and
/// when it ends, and not each time. Any thread.
final class DiskRoom {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

  private final String activity;
  private final AtomicBoolean full = new AtomicBoolean();

  /// @param activity what fails, as in `taking spans`
  DiskRoom(String activity) {
    this.activity = activity;
  }

  void lacks(String why) {
    if (full.compareAndSet(false, true)) {
      LOG.warn("No room for {}; it goes on by itself when there is: {}", activity, why);
    }
  }

  void suffices() {
    if (full.get() && full.compareAndSet(true, false)) {
      LOG.info("There is room for {} again", activity);
    }
  }
}
