package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts log records: of batches, of blocks, and those that other summaries have counted. One thread.
///
/// Records of a stream that would make one group too many are counted as those of the stream "other".
final class LogSummaryBuilder implements SummaryBuilder<LogBatch, LogBlock, LogSummary> {
  /// Groups of streams of their own in one summary.
  static final int MAX_GROUPS = 20_000;

  private static final int OTHER = 0;

  private final Window window;
  private final List<Labels> streams = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final Groups groups = new Groups();
  private final CellTable cells = new CellTable(true);
  private int[] streamOf = {};

  LogSummaryBuilder(Window window) {
    this.window = window;
    streams.add(Labels.of());
  }

  @Override
  public void add(LogBatch batch) {
    prepareStreams(batch.resources());
    Symbols symbols = batch.symbols();
    for (int row = 0; row < batch.rows(); row++) {
      long time = batch.timeNanos()[row];
      if (time == 0) {
        time = batch.observedNanos()[row];
      }
      int bytes =
          ValueType.isSymbol(batch.bodyType()[row]) ? symbols.length((int) batch.body()[row]) : 0;
      count(
          time,
          stream(batch.resources(), symbols, batch.resource()[row]),
          batch.severityNumber()[row],
          bytes);
    }
  }

  @Override
  public void add(LogBlock block) {
    prepareStreams(block.resources());
    Column time = block.column(Field.TIME);
    Column resource = block.column(Field.RESOURCE);
    Column severity = block.column(Field.SEVERITY_NUMBER);
    Column body = block.column(Field.BODY);
    for (int row = 0; row < block.rows(); row++) {
      int bytes =
          ValueType.isSymbol(body.type(row)) ? body.symbols().length((int) body.value(row)) : 0;
      count(
          time.value(row),
          stream(block.resources(), block.resourceSymbols(), (int) resource.value(row)),
          (int) severity.value(row),
          bytes);
    }
  }

  @Override
  public void add(LogSummary summary) {
    int[] known = new int[summary.streams().size()];
    Arrays.fill(known, -1);
    known[OTHER] = OTHER;
    Cells counted = summary.cells();
    for (int i = 0; i < counted.count(); i++) {
      long step = CellTable.step(counted.keys()[i]);
      if (window.counts(step)) {
        int group = CellTable.group(counted.keys()[i]);
        int stream = summary.groups().a(group);
        if (known[stream] < 0) {
          known[stream] = number(summary.streams().get(stream));
        }
        add(
            step,
            group(known[stream], (int) summary.groups().b(group)),
            counted.first()[i],
            counted.second()[i]);
      }
    }
  }

  private void prepareStreams(ResourceTable resources) {
    if (streamOf.length < resources.size()) {
      streamOf = new int[resources.size() * 2];
    }
    Arrays.fill(streamOf, -1);
  }

  private int stream(ResourceTable resources, Symbols symbols, int row) {
    if (streamOf[row] < 0) {
      var labels = new Labels.Builder();
      ValueText.forEach(symbols, resources.attributes(), row, labels::set);
      streamOf[row] = number(labels.build());
    }
    return streamOf[row];
  }

  private int number(Labels stream) {
    return numbers.computeIfAbsent(
        stream,
        added -> {
          if (groups.count() >= MAX_GROUPS) {
            return OTHER;
          }
          streams.add(added);
          return streams.size() - 1;
        });
  }

  private void count(long time, int stream, int severity, int bytes) {
    long step = Steps.of(time);
    if (time >= window.earliestNanos() && window.counts(step)) {
      add(step, group(stream, severity & 0xff), 1, bytes);
    }
  }

  private int group(int stream, int severity) {
    int known = groups.find(stream, severity);
    if (known >= 0) {
      return known;
    }
    return groups.of(groups.count() < MAX_GROUPS ? stream : OTHER, severity);
  }

  private void add(long step, int group, long records, long bytes) {
    cells.add(CellTable.key(Steps.counted(step, window.grain()), group, 0), records, bytes);
  }

  @Override
  public LogSummary build() {
    return new LogSummary(window.grain(), List.copyOf(streams), groups, cells.sorted());
  }
}
