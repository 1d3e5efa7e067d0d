package dev.pharos.insight;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Peer;
import dev.pharos.store.read.SpanKey;
import dev.pharos.store.read.TraceReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells whether a peer of a service has spans of its own. Databases and brokers have none. Of another address some
/// calls are looked up with their traces: where one of them has a span of another service below it, or beside it, the
/// peer is that service, and its calls are an edge already. Keeps what it found. Any thread.
final class Externals {
  private static final int LOOKED_AT = 3;
  private static final int KEPT = 1_000;
  private static final byte SERVER = 2;
  private static final byte CONSUMER = 5;

  private final TraceReader traces;

  private record Key(Tenant tenant, String service, Peer peer) {}

  private final Map<Key, Boolean> known = new LinkedHashMap<>();

  Externals(TraceReader traces) {
    this.traces = traces;
  }

  boolean isExternal(Tenant tenant, String service, Peer peer, List<SpanKey> samples, Grid grid) {
    if (!peer.system().isEmpty()) {
      return true;
    }
    var key = new Key(tenant, service, peer);
    synchronized (known) {
      Boolean before = known.get(key);
      if (before != null) {
        return before;
      }
    }
    boolean external = true;
    int apart = Math.max(1, samples.size() / LOOKED_AT);
    for (int i = 0; i < samples.size() && external; i += apart) {
      external = !hasOtherBelow(tenant, service, samples.get(i), grid);
    }
    synchronized (known) {
      known.put(key, external);
      Iterator<Key> eldest = known.keySet().iterator();
      if (known.size() > KEPT) {
        eldest.next();
        eldest.remove();
      }
    }
    return external;
  }

  private boolean hasOtherBelow(Tenant tenant, String service, SpanKey sample, Grid grid) {
    long hour = 3_600_000_000_000L;
    SpanBatch trace =
        traces.trace(
            tenant,
            sample.traceHi(),
            sample.traceLo(),
            grid.startNanos() - 2 * hour,
            grid.endNanos() + hour);
    int call = 0;
    while (call < trace.rows() && trace.spanId()[call] != sample.spanId()) {
      call++;
    }
    for (int row = 0; row < trace.rows(); row++) {
      if ((trace.parentSpanId()[row] == sample.spanId()
              || call < trace.rows() && isBeside(trace, row, call))
          && !service(trace, row).equals(service)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a span answers a call although it is no child of the caller's span: where what calls hands on the span
  /// above as the parent, both are its children, one within the other's time.
  private static boolean isBeside(SpanBatch trace, int row, int call) {
    return trace.parentSpanId()[row] == trace.parentSpanId()[call]
        && trace.parentSpanId()[row] != 0
        && (trace.kind()[row] == SERVER || trace.kind()[row] == CONSUMER)
        && trace.startNanos()[row] >= trace.startNanos()[call]
        && trace.startNanos()[row] <= trace.endNanos()[call];
  }

  private static String service(SpanBatch trace, int row) {
    AttributeRows attributes = trace.resources().attributes();
    Symbols symbols = trace.symbols();
    int resource = trace.resource()[row];
    for (int i = attributes.from(resource); i < attributes.to(resource); i++) {
      if (attributes.type(i) == ValueType.STRING
          && symbols.text(attributes.key(i)).equals(Sender.SERVICE)) {
        return symbols.text((int) attributes.value(i));
      }
    }
    return "";
  }
}
