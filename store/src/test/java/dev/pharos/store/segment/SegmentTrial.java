package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Scan;
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
/// `orders` or `bodies` and a number of rows. The tables in RATIONALE.md come from it.
public final class SegmentTrial {
  private static final int ROUNDS = Integer.getInteger("rounds", 4);

  private SegmentTrial() {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "spans" -> spans(rows);
      case "logs" -> logs(rows);
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
      SpanSorter.byTrace(batches);
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

  private static SpanSorter.Sorted byService(List<SpanBatch> batches) {
    int[] starts = SpanSorter.starts(batches);
    var sorted = new SpanSorter.Sorted(new int[starts[batches.size()]], starts);
    Comparator<Integer> order =
        Comparator.comparing((Integer row) -> service(batches, sorted, row))
            .thenComparing(row -> name(batches, sorted, row))
            .thenComparingLong(row -> time(batches, sorted, row));
    int[] rows =
        IntStream.range(0, sorted.rows().length)
            .boxed()
            .sorted(order)
            .mapToInt(Integer::intValue)
            .toArray();
    return new SpanSorter.Sorted(rows, starts);
  }

  private static int service(List<SpanBatch> batches, SpanSorter.Sorted sorted, int row) {
    int batch = sorted.batchOf(row);
    return batches.get(batch).resource()[row - sorted.firstRow(batch)] / 4;
  }

  private static String name(List<SpanBatch> batches, SpanSorter.Sorted sorted, int row) {
    int batch = sorted.batchOf(row);
    SpanBatch spans = batches.get(batch);
    return spans.symbols().text(spans.name()[row - sorted.firstRow(batch)]);
  }

  private static long time(List<SpanBatch> batches, SpanSorter.Sorted sorted, int row) {
    int batch = sorted.batchOf(row);
    return batches.get(batch).startNanos()[row - sorted.firstRow(batch)];
  }

  private static void orders(int rows) {
    List<SpanBatch> batches = spanBatches(rows);
    order("trace", batches, SpanSorter.byTrace(batches));
    order("service, name, time", batches, byService(batches));
  }

  private static void order(String name, List<SpanBatch> batches, SpanSorter.Sorted sorted) {
    var format = new SpanFormat();
    int rows = sorted.rows().length;
    for (int round = 0; round < 3; round++) {
      var storage = new MemoryStorage();
      long start = cpu();
      SegmentMeta meta = SpanFormat.write(batches, sorted, storage, "s");
      double taken = seconds(start);
      var segment = format.open(storage, meta);
      start = cpu();
      SpanBatch first = batches.getFirst();
      int wanted = 0;
      int traceBlocks = 0;
      for (int i = 0; i < 10; i++) {
        var trace = new Condition.OfTrace(first.traceHi()[i * 100], first.traceLo()[i * 100]);
        for (var ref : segment.blocks(scan(trace))) {
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
