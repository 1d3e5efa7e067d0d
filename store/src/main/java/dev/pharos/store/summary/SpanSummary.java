package dev.pharos.store.summary;

import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.Optional;

/// What a summary keeps of spans. Never written after it is made; any thread.
///
/// @param grain steps that are counted as one: 1 or [Steps#COARSE]
/// @param names of services and spans
/// @param groups services with name, kind and status; see [SpanGroup]
/// @param cells counts by step, group and duration
/// @param edgeGroups client services with server service and error; see [SpanGroup]
/// @param edges counts by step of the server span, edge group and duration of the server span
/// @param clients ends whose server span is not among the spans, and all of producers
/// @param servers ends whose client span is not among the spans
/// @param senders empty if an earlier version wrote the summary
record SpanSummary(
    int grain,
    Names names,
    Groups groups,
    Cells cells,
    Groups edgeGroups,
    Cells edges,
    EdgeEnds clients,
    EdgeEnds servers,
    Optional<SenderSummary> senders) {

  boolean answers(Window window) {
    return senders.isPresent() || !window.wants(Window.Part.SENDERS);
  }

  /// Takes the cells of a summary.
  interface CellVisitor {
    void visit(long step, int group, int bucket, long calls);
  }

  void forEachCell(Cells from, CellVisitor visitor) {
    for (int i = 0; i < from.count(); i++) {
      long key = from.keys()[i];
      visitor.visit(
          CellTable.step(key), CellTable.group(key), CellTable.bucket(key), from.first()[i]);
    }
  }

  void encode(ByteSink out) {
    out.putVarint(grain);
    names.encode(out);
    groups.encode(out);
    cells.encode(out, false);
    edgeGroups.encode(out);
    edges.encode(out, false);
    clients.encode(out);
    servers.encode(out);
    senders.ifPresent(counted -> counted.encode(out));
  }

  static SpanSummary decode(ByteSource in) {
    int grain = in.readCount(Steps.COARSE);
    Names names = Names.decode(in);
    Groups groups = Groups.decode(in);
    Cells cells = Cells.decode(in, false, groups.count());
    Groups edgeGroups = Groups.decode(in);
    Cells edges = Cells.decode(in, false, edgeGroups.count());
    EdgeEnds clients = EdgeEnds.decode(in, names.count());
    EdgeEnds servers = EdgeEnds.decode(in, names.count());
    Optional<SenderSummary> senders =
        in.remaining() == 0 ? Optional.empty() : Optional.of(SenderSummary.decode(in));
    var summary =
        new SpanSummary(grain, names, groups, cells, edgeGroups, edges, clients, servers, senders);
    summary.check(in);
    return summary;
  }

  private void check(ByteSource in) {
    for (int i = 0; i < groups.count(); i++) {
      if (groups.a(i) >= names.count() || SpanGroup.name(groups.b(i)) >= names.count()) {
        throw in.bad("group " + i + " has a name that is not there");
      }
    }
    for (int i = 0; i < edgeGroups.count(); i++) {
      if (edgeGroups.a(i) >= names.count() || SpanGroup.server(edgeGroups.b(i)) >= names.count()) {
        throw in.bad("edge " + i + " has a name that is not there");
      }
    }
  }
}
