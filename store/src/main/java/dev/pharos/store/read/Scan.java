package dev.pharos.store.read;

import dev.pharos.model.Tenant;
import java.util.List;

/// What a reader is after.
///
/// @param fromNanos inclusive, on column `TIME`
/// @param toNanos exclusive
/// @param order of the plan's blocks
/// @param conditions that every wanted row satisfies; a reader may use them to leave out blocks, and may ignore any
public record Scan(
    Tenant tenant, long fromNanos, long toNanos, Order order, List<Condition> conditions) {
  /// Of blocks: by their greatest time, falling, or by their least time, rising.
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }
}
