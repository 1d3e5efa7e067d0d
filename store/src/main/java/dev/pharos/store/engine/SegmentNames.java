package dev.pharos.store.engine;

import dev.pharos.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/// Names of segments: `folder/tenant/day/number`, the tenant percent-encoded, the number never given twice. Any thread.
final class SegmentNames {
  private final String folder;
  private final AtomicLong next = new AtomicLong(1);

  /// @param taken all names in the manifest and the storage
  SegmentNames(String folder, Collection<String> taken) {
    this.folder = folder;
    for (String name : taken) {
      next.accumulateAndGet(number(name) + 1, Math::max);
    }
  }

  String next(Tenant tenant, int day) {
    return "%s/%s/%s/%016x"
        .formatted(folder, encode(tenant), LocalDate.ofEpochDay(day), next.getAndIncrement());
  }

  /// The number in a name, 0 if it is none of ours.
  private static long number(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    try {
      return last.length() == 16 ? Long.parseUnsignedLong(last, 16) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// All but letters, digits, `-` and `_` as `%XX`, so that no tenant is `.` or `..`.
  static String encode(Tenant tenant) {
    var out = new StringBuilder();
    for (byte b : tenant.name().getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || b == '-'
              || b == '_';
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append("%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }
}
