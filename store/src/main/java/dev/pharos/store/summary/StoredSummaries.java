package dev.pharos.store.summary;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.EdgeRequests;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.OperationRequests;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.StreamLogs;
import dev.pharos.store.read.SummaryRange;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.summary.Window.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Answers by summaries of segments, and by rows where there is none that fits: in the head, and in segments with rows
/// that are deleted or past retention or whose summary is too coarse. Any thread.
public final class StoredSummaries implements SummaryReader {
  private final SummaryParts<SpanBatch, SpanBlock> spanParts;
  private final Summaries<SpanBatch, SpanBlock, SpanSummary> spans;
  private final SummaryParts<LogBatch, LogBlock> logParts;
  private final Summaries<LogBatch, LogBlock, LogSummary> logs;

  @SuppressWarnings("unchecked") // summaries of spans are of one class, and so are those of logs
  public StoredSummaries(
      SummaryParts<SpanBatch, SpanBlock> spanParts,
      Summaries<SpanBatch, SpanBlock, ?> spans,
      SummaryParts<LogBatch, LogBlock> logParts,
      Summaries<LogBatch, LogBlock, ?> logs) {
    this.spanParts = spanParts;
    this.spans = (Summaries<SpanBatch, SpanBlock, SpanSummary>) spans;
    this.logParts = logParts;
    this.logs = (Summaries<LogBatch, LogBlock, LogSummary>) logs;
  }

  private static Window window(SummaryRange range, Set<Part> parts, long earliestNanos) {
    return new Window(
        range.fromNanos() / Steps.NANOS,
        range.toNanos() / Steps.NANOS,
        earliestNanos,
        grain(range),
        parts);
  }

  /// Rows need not be told apart within a minute where columns are whole minutes.
  private static int grain(SummaryRange range) {
    long coarse = Steps.COARSE * Steps.NANOS;
    return range.fromNanos() % coarse == 0 && range.columnNanos() % coarse == 0 ? Steps.COARSE : 1;
  }

  /// Adds up what is in the range.
  ///
  /// @param parts of summaries that are wanted
  /// @param marginNanos by which rows before and after the range matter too
  private static <B extends Batch, K extends Block, S> S total(
      SummaryParts<B, K> rows,
      Summaries<B, K, S> summaries,
      SummaryRange range,
      Set<Part> parts,
      long marginNanos) {
    var total = new Total<B, K, S>(summaries, range, parts);
    rows.visit(
        range.tenant(), range.fromNanos() - marginNanos, range.toNanos() + marginNanos, total);
    return total.build();
  }

  /// Adds the parts of one query up.
  private static final class Total<B extends Batch, K extends Block, S>
      implements SummaryParts.Visitor<B, K> {
    private final Summaries<B, K, S> summaries;
    private final SummaryRange range;
    private final Set<Part> parts;
    private final List<B> head = new ArrayList<>();
    private Window window;
    private SummaryBuilder<B, K, S> builder;

    Total(Summaries<B, K, S> summaries, SummaryRange range, Set<Part> parts) {
      this.summaries = summaries;
      this.range = range;
      this.parts = parts;
      window = window(range, parts, Long.MIN_VALUE);
      builder = summaries.builder(window);
    }

    S build() {
      builder.complete(head);
      return builder.build();
    }

    @Override
    public void earliest(long nanos) {
      window = window(range, parts, nanos);
      builder = summaries.builder(window);
    }

    @Override
    public void head(SummedBatches<B> batches) {
      summaries.add(batches, builder);
      head.addAll(batches.batches());
    }

    @Override
    public void segment(String name, boolean whole, Iterable<? extends BlockRef<K>> blocks) {
      Optional<S> summary = whole ? summaries.find(name, window) : Optional.empty();
      if (summary.isPresent()) {
        builder.add(summary.get());
      } else {
        blocks.forEach(ref -> ref.open().ifPresent(builder::add));
        builder.completeByBlocks(blocks);
      }
    }
  }

  private SpanSummary spans(SummaryRange range, Part part) {
    long margin = part == Part.EDGES ? Steps.EDGE_REACH * Steps.NANOS : 0;
    return total(spanParts, spans, range, Set.of(part), margin);
  }

  @Override
  public List<ServiceRequests> services(SummaryRange range) {
    return byService(range, SpanGroup::isRequest);
  }

  @Override
  public List<ServiceRequests> spans(SummaryRange range) {
    return byService(range, kind -> true);
  }

  private List<ServiceRequests> byService(SummaryRange range, IntPredicate kinds) {
    SpanSummary counted = spans(range, Part.SPANS);
    Map<Integer, RequestCounts> found = new TreeMap<>();
    Groups groups = counted.groups();
    counted.forEachCell(
        counted.cells(),
        (step, group, bucket, calls) -> {
          long b = groups.b(group);
          if (kinds.test(SpanGroup.kind(b))) {
            found
                .computeIfAbsent(groups.a(group), ignored -> new RequestCounts(range))
                .add(step, bucket, calls, SpanGroup.status(b) == SpanGroup.STATUS_ERROR);
          }
        });
    var services = new ArrayList<ServiceRequests>();
    found.forEach(
        (service, counts) ->
            services.add(
                new ServiceRequests(
                    counted.names().text(service), service == Names.OTHER, counts.requests())));
    services.sort(
        Comparator.comparing(ServiceRequests::other).thenComparing(ServiceRequests::service));
    return services;
  }

  @Override
  public List<OperationRequests> operations(SummaryRange range, String service) {
    SpanSummary counted = spans(range, Part.SPANS);
    Map<Long, RequestCounts> found = new TreeMap<>();
    Groups groups = counted.groups();
    counted.forEachCell(
        counted.cells(),
        (step, group, bucket, calls) -> {
          int number = groups.a(group);
          if (number != Names.OTHER && counted.names().text(number).equals(service)) {
            long b = groups.b(group);
            long operation = SpanGroup.of(SpanGroup.name(b), SpanGroup.kind(b), 0);
            found
                .computeIfAbsent(operation, ignored -> new RequestCounts(range))
                .add(step, bucket, calls, SpanGroup.status(b) == SpanGroup.STATUS_ERROR);
          }
        });
    var operations = new ArrayList<OperationRequests>();
    found.forEach(
        (operation, counts) -> {
          int name = SpanGroup.name(operation);
          operations.add(
              new OperationRequests(
                  counted.names().text(name),
                  name == Names.OTHER,
                  SpanGroup.kind(operation),
                  counts.requests()));
        });
    operations.sort(
        Comparator.comparing(OperationRequests::other)
            .thenComparing(OperationRequests::name)
            .thenComparingInt(OperationRequests::kind));
    return operations;
  }

  private record Edge(String client, String server) {}

  @Override
  public List<EdgeRequests> edges(SummaryRange range) {
    SpanSummary counted = spans(range, Part.EDGES);
    Map<Edge, RequestCounts> found = new HashMap<>();
    Groups groups = counted.edgeGroups();
    counted.forEachCell(
        counted.edges(),
        (step, group, bucket, calls) -> {
          long b = groups.b(group);
          var edge =
              new Edge(
                  counted.names().text(groups.a(group)), counted.names().text(SpanGroup.server(b)));
          found
              .computeIfAbsent(edge, ignored -> new RequestCounts(range))
              .add(step, bucket, calls, SpanGroup.isError(b));
        });
    var edges = new ArrayList<EdgeRequests>();
    found.forEach(
        (edge, counts) -> edges.add(new EdgeRequests(edge.client, edge.server, counts.requests())));
    edges.sort(Comparator.comparing(EdgeRequests::client).thenComparing(EdgeRequests::server));
    return edges;
  }

  @Override
  public Senders senders(SummaryRange range) {
    SenderSummary counted = spans(range, Part.SENDERS).senders().orElseThrow();
    var lines = new SenderLines(range, counted);
    Cells cells = counted.cells();
    for (int i = 0; i < cells.count(); i++) {
      lines.add(cells.keys()[i], cells.first()[i]);
    }
    return lines.senders();
  }

  private record StreamKey(int stream, int severity) {}

  @Override
  public List<StreamLogs> logs(SummaryRange range) {
    LogSummary counted = total(logParts, logs, range, Window.ALL_PARTS, 0);
    Map<StreamKey, StreamLogs> found = new LinkedHashMap<>();
    Cells cells = counted.cells();
    for (int i = 0; i < cells.count(); i++) {
      int group = CellTable.group(cells.keys()[i]);
      int stream = counted.groups().a(group);
      int severity = (int) counted.groups().b(group);
      StreamLogs logs =
          found.computeIfAbsent(
              new StreamKey(stream, severity),
              key ->
                  new StreamLogs(
                      counted.streams().get(key.stream),
                      key.stream == 0,
                      key.severity,
                      new long[range.columns()],
                      new long[range.columns()]));
      int column = range.column(CellTable.step(cells.keys()[i]) * Steps.NANOS);
      logs.records()[column] += cells.first()[i];
      logs.bytes()[column] += cells.second()[i];
    }
    var all = new ArrayList<>(found.values());
    all.sort(
        Comparator.comparing(StreamLogs::other)
            .thenComparing(StreamLogs::stream)
            .thenComparingInt(StreamLogs::severity));
    return all;
  }
}
