package dev.pharos.api.jaeger;

import dev.pharos.api.json.Attributes;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The names that a Jaeger search form offers: services and their operations, in the order of their text. Any thread.
record JaegerNames(TraceReader traces) {
  static final String[] KINDS = {"", "internal", "server", "client", "producer", "consumer"};

  /// An operation of a service.
  record Operation(String name, String spanKind) implements Comparable<Operation> {
    @Override
    public int compareTo(Operation other) {
      int order = name.compareTo(other.name);
      return order != 0 ? order : spanKind.compareTo(other.spanKind);
    }
  }

  SortedSet<String> services(Tenant tenant) {
    SortedSet<String> names = new TreeSet<>();
    try (Plan<SpanBlock> plan = traces.plan(everything(tenant))) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        ref.open()
            .ifPresent(
                block -> {
                  for (int i = 0; i < block.resources().size(); i++) {
                    Attributes.text(
                            block.resources().attributes(),
                            i,
                            block.resourceSymbols(),
                            "service.name")
                        .ifPresent(names::add);
                  }
                });
      }
    }
    return names;
  }

  SortedSet<Operation> operations(Tenant tenant, String service) {
    SortedSet<Operation> operations = new TreeSet<>();
    try (Plan<SpanBlock> plan = traces.plan(everything(tenant))) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        ref.open().ifPresent(block -> collect(block, service, operations));
      }
    }
    return operations;
  }

  private static void collect(SpanBlock block, String service, SortedSet<Operation> operations) {
    var ofService = new boolean[block.resources().size()];
    boolean any = false;
    for (int i = 0; i < ofService.length; i++) {
      ofService[i] =
          Attributes.text(
                  block.resources().attributes(), i, block.resourceSymbols(), "service.name")
              .filter(service::equals)
              .isPresent();
      any |= ofService[i];
    }
    if (!any) {
      return;
    }
    Column resources = block.column(Field.RESOURCE);
    Column names = block.column(Field.NAME);
    Column kinds = block.column(Field.KIND);
    var seen = new java.util.HashSet<Long>();
    for (int row = 0; row < block.rows(); row++) {
      long key = names.value(row) << 8 | kinds.value(row);
      if (ofService[(int) resources.value(row)] && seen.add(key)) {
        int kind = (int) kinds.value(row);
        operations.add(new Operation(names.text(row), kind < KINDS.length ? KINDS[kind] : ""));
      }
    }
  }

  private static Scan everything(Tenant tenant) {
    return new Scan(tenant, 0, Long.MAX_VALUE, Scan.Order.NEWEST_FIRST, List.of());
  }
}
