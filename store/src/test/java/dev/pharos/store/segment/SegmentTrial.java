package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures size and speed of segments of generated data; run by hand: `SegmentTrial spans|logs rows`.
public final class SegmentTrial {
  private SegmentTrial() {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "spans" -> spans(rows);
      case "logs" -> logs(rows);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void spans(int rows) {
    var generator = new MeterSpans(1, RandomBatches.BASE, 300_000_000);
    var batches = new ArrayList<SpanBatch>();
    for (int done = 0; done < rows; done += 65_536) {
      batches.add(generator.next(Math.min(65_536, rows - done)));
    }
    System.out.println("generated " + rows);
    var format = new SpanFormat();
    for (int round = 0; round < 4; round++) {
      var storage = new MemoryStorage();
      long start = System.nanoTime();
      SegmentMeta meta = format.write(batches, storage, "s");
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("write %.2f M/s, %.2f bytes a span%n", rows / seconds / 1e6, (double) meta.sizeBytes() / rows);
      var open = (SegmentView<?>) format.open(storage, meta);
      start = System.nanoTime();
      long sum = 0;
      for (BlockEntry block : open.footer().blocks()) {
        SpanBatch all = new SpanBlockDecoder(new BlockColumns(open.reader(), block)).decode(open.footer().tables());
        sum += all.attributes().size();
      }
      seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("decode all %.2f M/s (%d), footer heap %d%n", rows / seconds / 1e6, sum, open.heapBytes());
      start = System.nanoTime();
      for (var ref : format.open(storage, meta).blocks(SpanFormatTest.ALL)) {
        var block = ref.open().orElseThrow();
        sum += block.column(Field.TIME).value(0) + block.column(Field.NAME).value(0);
      }
      seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("two columns %.2f M/s%n", rows / seconds / 1e6);
      if (round == 3) {
        parts(open, rows);
      }
    }
  }

  private static void logs(int rows) {
    var generator = new MeterLines(1, RandomBatches.BASE, 300_000_000);
    var batches = new ArrayList<LogBatch>();
    for (int done = 0; done < rows; done += 65_536) {
      batches.add(generator.next(Math.min(65_536, rows - done)));
    }
    System.out.println("generated " + rows);
    var format = new LogFormat();
    for (int round = 0; round < 4; round++) {
      var storage = new MemoryStorage();
      long start = System.nanoTime();
      SegmentMeta meta = format.write(batches, storage, "s");
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("write %.2f M/s, %.2f bytes a line%n", rows / seconds / 1e6, (double) meta.sizeBytes() / rows);
      var open = (SegmentView<?>) format.open(storage, meta);
      start = System.nanoTime();
      long sum = 0;
      for (BlockEntry block : open.footer().blocks()) {
        sum += new LogBlockDecoder(new BlockColumns(open.reader(), block)).body().symbols().textBytes();
      }
      seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("bodies %.2f M/s, %.2f GB/s%n", rows / seconds / 1e6, sum / seconds / 1e9);
      if (round == 3) {
        parts(open, rows);
      }
    }
  }

  private static void parts(SegmentView<?> open, int rows) {
    Map<String, Long> sizes = new TreeMap<>();
    long all = 0;
    for (BlockEntry block : open.footer().blocks()) {
      for (Chunk chunk : block.chunks()) {
        String name = chunk.part() < Part.ATTRIBUTE ? "part " + chunk.part()
            : open.footer().tables().symbols.text(open.footer().columns().get(chunk.part() - Part.ATTRIBUTE).key());
        sizes.merge(name, (long) chunk.length(), Long::sum);
        all += chunk.length();
      }
    }
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(sizes.entrySet());
    sorted.sort((a, b) -> Long.compare(b.getValue(), a.getValue()));
    sorted.forEach(entry -> System.out.printf("%8.3f %s%n", (double) entry.getValue() / rows, entry.getKey()));
    System.out.printf("%8.3f footer and rest%n", (double) (open.meta().sizeBytes() - all) / rows);
  }
}
