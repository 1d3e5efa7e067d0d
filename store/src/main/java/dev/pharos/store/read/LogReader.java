package dev.pharos.store.read;

import dev.pharos.model.Tenant;
import java.util.List;

/// Reads log records. Any thread.
public interface LogReader {
  Plan<LogBlock> plan(Scan scan);

  /// The streams that may have records in the range (`toNanos` exclusive), each once, in the order of their ids.
  List<LogStream> streams(Tenant tenant, long fromNanos, long toNanos);
}
