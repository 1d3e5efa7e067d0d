package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.segment.encoding.BodyTrial;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Measures size and speed of segments of generated data, in CPU time of one thread; run by hand with `spans`, `logs`,
/// `flow`, `orders` or `bodies` and a number of rows. The tables in RATIONALE.md come from it.
public final class SegmentTrial {
  private static final int ROUNDS = Integer.getInteger("rounds", 4);

  private SegmentTrial() {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "spans" -> spans(rows);
      case "logs" -> logs(rows);
      case "flow" -> flow(rows);
      case "orders" -> orders(rows);
      case "bodies" -> BodyTrial.run(lines(rows), LogFormat.BLOCK_ROWS);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double seconds(long since) {
    return (cpu() - since) / 1e9;
  }

  private static List<SpanBatch> spanBatches(int rows) {
    var generator = new MeterSpans(1, RandomBatches.BASE, 300_000_000);
    var batches = new ArrayList<SpanBatch>();
    for (int done = 0; done < rows; done += 65_536) {
      batches.add(generator.next(Math.min(65_536, rows - done)));
    }
    return batches;
  }

  private static List<LogBatch> lines(int rows) {
    var generator = new MeterLines(1, RandomBatches.BASE, 300_000_000);
    var batches = new ArrayList<LogBatch>();
    for (int done = 0; done < rows; done += 65_536) {
      batches.add(generator.next(Math.min(65_536, rows - done)));
    }
    return batches;
  }

  private static void spans(int rows) {
    List<SpanBatch> batches = spanBatches(rows);
    var format = new SpanFormat();
    for (int round = 0; round < ROUNDS; round++) {
      var storage = new MemoryStorage();
      long start = cpu();
      SpanSorter.visit(batches, (batch, order, from, to) -> {});
      double sort = seconds(start);
      start = cpu();
      SegmentMeta meta = format.write(batches, storage, "s");
      System.out.printf(
          "write %.2f M/s (sort alone %.2f), %.2f bytes a span%n",
          rows / seconds(start) / 1e6, rows / sort / 1e6, (double) meta.sizeBytes() / rows);
      var open = (SegmentView<?>) format.open(storage, meta);
      start = cpu();
      long sum = 0;
      for (BlockEntry block : open.footer().blocks()) {
        sum +=
            new SpanBlockDecoder(new BlockColumns(open.reader(), block))
                .decode(open.footer().tables())
                .attributes()
                .size();
      }
      System.out.printf(
          "decode all %.2f M/s (%d), footer heap %d%n",
          rows / seconds(start) / 1e6, sum, open.heapBytes());
      start = cpu();
      for (var ref : format.open(storage, meta).blocks(SpanFormatTest.ALL)) {
        var block = ref.open().orElseThrow();
        sum += block.column(Field.TIME).value(0) + block.column(Field.NAME).value(0);
      }
      System.out.printf("two columns %.2f M/s%n", rows / seconds(start) / 1e6);
      if (round == ROUNDS - 1) {
        parts(open, rows);
      }
    }
  }

  /// Twelve cuts of requests of 500 spans, and their merge, as a busy store makes them.
  private static void flow(int rows) {
    var format = new SpanFormat();
    for (int round = 0; round < ROUNDS; round++) {
      var storage = new MemoryStorage();
      var inputs = new ArrayList<OpenSegment<SpanBlock>>();
      var generator = new MeterSpans(1, RandomBatches.BASE, 1_000_000);
      double cut = 0;
      long bytes = 0;
      for (int i = 0; i < 12; i++) {
        var batches = new ArrayList<SpanBatch>();
        for (int done = 0; done < rows / 12; done += 500) {
          batches.add(generator.next(500));
        }
        long start = cpu();
        SegmentMeta meta = format.write(batches, storage, "in" + i);
        cut += seconds(start);
        bytes += meta.sizeBytes();
        inputs.add(format.open(storage, meta));
      }
      long start = cpu();
      SegmentMeta merged = format.merge(inputs, time -> true, storage, "out");
      double merge = seconds(start);
      System.out.printf(
          "cut %.0f ns, %.1f bytes a span; merge %.0f ns, %.1f bytes a span%n",
          cut / merged.rows() * 1e9,
          (double) bytes / merged.rows(),
          merge / merged.rows() * 1e9,
          (double) merged.sizeBytes() / merged.rows());
      inputs.add(format.open(storage, merged));
      lookUp(inputs, generator.next(500));
      if (round == ROUNDS - 1) {
        parts((SegmentView<?>) inputs.getFirst(), (int) inputs.getFirst().meta().rows());
        parts((SegmentView<?>) format.open(storage, merged), (int) merged.rows());
      }
    }
  }

  /// Looks traces up in the blocks that may have them: some that are there, some that are not.
  private static void lookUp(List<OpenSegment<SpanBlock>> segments, SpanBatch absent) {
    var wanted = new ArrayList<Condition.OfTrace>();
    for (var ref : segments.getFirst().blocks(SpanFormatTest.ALL)) {
      SpanBlock block = ref.open().orElseThrow();
      wanted.add(
          new Condition.OfTrace(
              block.column(Field.TRACE_HI).value(1000), block.column(Field.TRACE_LO).value(1000)));
      wanted.add(new Condition.OfTrace(absent.traceHi()[0], absent.traceLo()[0]));
    }
    long start = cpu();
    int found = 0;
    for (Condition.OfTrace trace : wanted) {
      for (OpenSegment<SpanBlock> segment : segments) {
        for (var ref : segment.blocks(scan(trace))) {
          SpanBlock block = ref.open().orElseThrow();
          int[] rows = block.rowsOf(trace.traceHi(), trace.traceLo());
          found += rows.length > 0 ? block.materialize(rows, rows.length).rows() : 0;
        }
      }
    }
    System.out.printf(
        "trace by id %.2f ms in %d segments (%d spans)%n",
        seconds(start) / wanted.size() * 1e3, segments.size(), found);
  }

  private static void logs(int rows) {
    List<LogBatch> batches = lines(rows);
    var format = new LogFormat();
    for (int round = 0; round < ROUNDS; round++) {
      var storage = new MemoryStorage();
      long start = cpu();
      SegmentMeta meta = format.write(batches, storage, "s");
      System.out.printf(
          "write %.2f M/s, %.2f bytes a line%n",
          rows / seconds(start) / 1e6, (double) meta.sizeBytes() / rows);
      var segment = format.open(storage, meta);
      var open = (SegmentView<?>) segment;
      start = cpu();
      long sum = 0;
      for (BlockEntry block : open.footer().blocks()) {
        sum +=
            new LogBlockDecoder(new BlockColumns(open.reader(), block))
                .body()
                .symbols()
                .textBytes();
      }
      double taken = seconds(start);
      System.out.printf("bodies %.2f M/s, %.2f GB/s%n", rows / taken / 1e6, sum / taken / 1e9);
      LogBatch last = batches.getLast();
      String line = last.symbols().text((int) last.body()[0]);
      String needle = line.replaceAll("(?s).*([0-9a-f]{16}).*", "$1");
      for (String word : List.of(needle, needle.substring(0, 12) + "ffff", "0123456789abcdef")) {
        start = cpu();
        int opened =
            opened(
                segment.blocks(
                    scan(
                        new Condition.BodyContains(
                            List.of(word.getBytes(StandardCharsets.UTF_8))))));
        System.out.printf(
            "needle: %d of %d blocks, %.2f ms%n",
            opened, open.footer().blocks().size(), seconds(start) * 1e3);
      }
      if (round == ROUNDS - 1) {
        parts(open, rows);
      }
    }
  }

  private static Scan scan(Condition... conditions) {
    return new Scan(
        Tenant.DEFAULT,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Scan.Order.OLDEST_FIRST,
        List.of(conditions));
  }

  private static int opened(List<? extends BlockRef<? extends Block>> refs) {
    int opened = 0;
    for (BlockRef<? extends Block> ref : refs) {
      opened += ref.open().isPresent() ? 1 : 0;
    }
    return opened;
  }

  /// Where a row is; `name` is the place of the span's name among all names.
  private record Place(SpanBatch batch, int number, int row, int name) {
    int service() {
      return batch.resource()[row] / 4;
    }

    long time() {
      return batch.startNanos()[row];
    }
  }

  private static List<Place> places(List<SpanBatch> batches) {
    var places = new ArrayList<Place>();
    List<int[]> names = ranks(batches);
    SpanSorter.visit(
        batches,
        (number, rows, from, to) -> {
          SpanBatch batch = batches.get(number);
          for (int i = from; i < to; i++) {
            places.add(new Place(batch, number, rows[i], names.get(number)[batch.name()[rows[i]]]));
          }
        });
    return places;
  }

  /// Of each batch, the place of each of its symbols that is a span's name in the order of all names.
  private static List<int[]> ranks(List<SpanBatch> batches) {
    var all = new TreeMap<String, Integer>();
    for (SpanBatch batch : batches) {
      IntStream.of(batch.name())
          .limit(batch.rows())
          .distinct()
          .forEach(name -> all.put(batch.symbols().text(name), 0));
    }
    int next = 0;
    for (var entry : all.entrySet()) {
      entry.setValue(next++);
    }
    var ranks = new ArrayList<int[]>();
    for (SpanBatch batch : batches) {
      var rank = new int[batch.symbols().count()];
      IntStream.of(batch.name())
          .limit(batch.rows())
          .distinct()
          .forEach(name -> rank[name] = all.get(batch.symbols().text(name)));
      ranks.add(rank);
    }
    return ranks;
  }

  private static SegmentMeta write(
      List<SpanBatch> batches, List<Place> order, MemoryStorage storage) {
    var tables = new SegmentTables();
    var sources = batches.stream().map(batch -> SpanSource.of(batch, tables)).toList();
    try (var writer = new SegmentWriter(storage, "s", Signal.TRACES, tables)) {
      var encoder = new SpanBlockEncoder(writer, Effort.SMALL);
      for (Place place : order) {
        encoder.add(sources.get(place.number), new int[] {place.row}, 0, 1);
      }
      encoder.flush();
      return writer.finish(List.of());
    }
  }

  private static void orders(int rows) {
    List<SpanBatch> batches = spanBatches(rows);
    List<Place> places = places(batches);
    order("trace", batches, places, true);
    places.sort(
        Comparator.comparingInt(Place::service)
            .thenComparingInt(Place::name)
            .thenComparingLong(Place::time));
    order("service, name, time", batches, places, false);
  }

  /// `byTrace`: whether rows lie in the order that the search for a trace in blocks relies on; without it
  /// any block may have it.
  private static void order(
      String name, List<SpanBatch> batches, List<Place> order, boolean byTrace) {
    var format = new SpanFormat();
    int rows = order.size();
    for (int round = 0; round < ROUNDS; round++) {
      var storage = new MemoryStorage();
      long start = cpu();
      SegmentMeta meta = write(batches, order, storage);
      double taken = seconds(start);
      var segment = format.open(storage, meta);
      start = cpu();
      SpanBatch first = batches.getFirst();
      int wanted = 0;
      int traceBlocks = 0;
      for (int i = 0; i < 10; i++) {
        var trace = new Condition.OfTrace(first.traceHi()[i * 100], first.traceLo()[i * 100]);
        for (var ref : segment.blocks(byTrace ? scan(trace) : SpanFormatTest.ALL)) {
          traceBlocks++;
          var block = ref.open().orElseThrow();
          long[] hi = block.column(Field.TRACE_HI).values();
          var found =
              IntStream.range(0, block.rows()).filter(row -> hi[row] == trace.traceHi()).toArray();
          if (found.length > 0) {
            wanted += block.materialize(found, found.length).rows();
          }
        }
      }
      System.out.printf(
          "%s: %.2f bytes a span, write without sort %.2f M/s; trace by id %.1f blocks, %.1f ms (%d spans)%n",
          name,
          (double) meta.sizeBytes() / rows,
          rows / taken / 1e6,
          traceBlocks / 10.0,
          seconds(start) * 1e2,
          wanted);
      int blocks = segment.blocks(SpanFormatTest.ALL).size();
      System.out.printf(
          "  blocks of %d: service %d, service and name %d, error %d, slow %d, no such user %d%n",
          blocks,
          opened(segment.blocks(scan(service()))),
          opened(
              segment.blocks(
                  scan(service(), new Condition.FieldIn(Field.NAME, Set.of("renderTemplate"))))),
          opened(segment.blocks(scan(new Condition.FieldBetween(Field.STATUS_CODE, 2, 2)))),
          opened(
              segment.blocks(scan(new Condition.DurationBetween(1_450_000_000L, Long.MAX_VALUE)))),
          opened(
              segment.blocks(
                  scan(
                      new Condition.AttributeIn(
                          Set.of(AttributeScope.ITEM), "user.id", Set.of("user-x"))))));
    }
  }

  private static Condition service() {
    return new Condition.AttributeIn(
        Set.of(AttributeScope.RESOURCE), "service.name", Set.of("shop-cart"));
  }

  private static void parts(SegmentView<?> open, int rows) {
    Map<String, Long> sizes = new TreeMap<>();
    long all = 0;
    Symbols symbols = open.footer().tables().symbols;
    for (BlockEntry block : open.footer().blocks()) {
      for (Chunk chunk : block.chunks()) {
        String name =
            chunk.part() < Part.ATTRIBUTE
                ? "part " + chunk.part()
                : symbols.text(open.footer().columns().get(chunk.part() - Part.ATTRIBUTE).key());
        sizes.merge(name, (long) chunk.length(), Long::sum);
        all += chunk.length();
      }
    }
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(sizes.entrySet());
    sorted.sort((a, b) -> Long.compare(b.getValue(), a.getValue()));
    sorted.forEach(
        entry -> System.out.printf("%8.3f %s%n", (double) entry.getValue() / rows, entry.getKey()));
    System.out.printf("%8.3f footer and rest%n", (double) (open.meta().sizeBytes() - all) / rows);
  }
}
