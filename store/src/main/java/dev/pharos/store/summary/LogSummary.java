package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// What a summary keeps of log records. Never written after it is made; any thread.
///
/// @param grain as in [SpanSummary]
/// @param streams attributes of Resources as texts; number 0, which has none, stands for those that found no place
/// @param groups streams with severity number
/// @param cells records and bytes of text bodies by step and group
record LogSummary(int grain, List<Labels> streams, Groups groups, Cells cells) {
  private static final int MAX_LABELS = 1 << 16;

  void encode(ByteSink out) {
    out.putVarint(grain);
    var texts = new Names();
    var numbers = new ByteSink(1 << 10);
    for (Labels stream : streams) {
      numbers.putVarint(stream.size());
      stream.forEach(
          (name, value) -> {
            numbers.putVarint(texts.of(name));
            numbers.putVarint(texts.of(value));
          });
    }
    texts.encode(out);
    out.putVarint(streams.size());
    out.put(numbers);
    groups.encode(out);
    cells.encode(out, true);
  }

  static LogSummary decode(ByteSource in) {
    int grain = in.readCount(Steps.COARSE);
    Names texts = Names.decode(in);
    int count = in.readCount(CellTable.MAX_GROUPS);
    List<Labels> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var labels = new Labels.Builder();
      for (int left = in.readCount(MAX_LABELS); left > 0; left--) {
        String name = texts.text(in.readCount(texts.count() - 1));
        labels.set(name, texts.text(in.readCount(texts.count() - 1)));
      }
      streams.add(labels.build());
    }
    Groups groups = Groups.decode(in);
    for (int i = 0; i < groups.count(); i++) {
      if (groups.a(i) >= count) {
        throw in.bad(
            "group " + i + " of stream " + groups.a(i) + " (expected: below " + count + ")");
      }
    }
    return new LogSummary(
        grain, List.copyOf(streams), groups, Cells.decode(in, true, groups.count()));
  }
}
