package dev.pharos.store.segment.encoding;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the forms of log bodies: plain text, shapes, and plain text with columns of the fields of JSON lines beside
/// it.
public final class BodyTrial {
  private static final Pattern FIELD = Pattern.compile("\"([a-z_]+)\":(\"[^\"]*\"|[0-9]+)");

  private static final int ROUNDS = Integer.getInteger("rounds", 3);

  private BodyTrial() {}

  public static void run(List<LogBatch> batches, int blockRows) {
    for (int round = 0; round < ROUNDS; round++) {
      var encoder = new TextEncoder();
      long text = 0;
      long lines = 0;
      long plain = 0;
      long shaped = 0;
      long fields = 0;
      long[] times = new long[4];
      for (LogBatch batch : batches) {
        for (int from = 0; from < batch.rows(); from += blockRows) {
          int count = Math.min(blockRows, batch.rows() - from);
          var ids = new int[count];
          for (int i = 0; i < count; i++) {
            ids[i] = (int) batch.body()[from + i];
          }
          Texts texts = Texts.of(batch.symbols(), ids, count);
          lines += count;
          text += texts.totalBytes();
          var out = new ByteSink(1 << 20);
          long start = cpu();
          TextCodec.plain(texts, out);
          times[0] += cpu() - start;
          plain += out.size();
          start = cpu();
          TextCodec.decode(new ByteSource(out.bytes(), 0, out.size()), count);
          times[1] += cpu() - start;
          out.clear();
          start = cpu();
          encoder.encode(texts, out);
          times[2] += cpu() - start;
          shaped += out.size();
          start = cpu();
          TextCodec.decode(new ByteSource(out.bytes(), 0, out.size()), count);
          times[3] += cpu() - start;
          fields += round == 0 ? fields(batch.symbols(), ids) : 0;
        }
      }
      System.out.printf(
          "lines %d of %.0f bytes; plain %.1f B, encode %.0f MB/s, decode %.0f MB/s; shaped %.1f B, encode %.0f"
              + " MB/s, decode %.0f MB/s; columns of JSON fields %.1f B%n",
          lines,
          (double) text / lines,
          (double) plain / lines,
          text * 1e3 / times[0],
          text * 1e3 / times[1],
          (double) shaped / lines,
          text * 1e3 / times[2],
          text * 1e3 / times[3],
          (double) fields / lines);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Bytes of the fields of JSON lines as text columns with dictionaries.
  private static long fields(Symbols symbols, int[] ids) {
    Map<String, Symbols> columns = new TreeMap<>();
    for (int id : ids) {
      String line = symbols.text(id);
      Matcher matcher = FIELD.matcher(line);
      while (line.startsWith("{") && matcher.find()) {
        columns.computeIfAbsent(matcher.group(1), key -> new Symbols()).intern(matcher.group(2));
      }
    }
    var out = new ByteSink(1 << 16);
    columns.values().forEach(values -> TextCodec.encode(Texts.of(values), out));
    return out.size();
  }
}
