package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.List;

/// What a summary keeps of log records. Never written after it is made; any thread.
///
/// @param grain as in [SpanSummary]
/// @param streams attributes of Resources as texts; number 0, which has none, stands for those that found no place
/// @param groups streams with severity number
/// @param cells records and bytes of text bodies by step and group
record LogSummary(int grain, List<Labels> streams, Groups groups, Cells cells) {
  void encode(ByteSink out) {
    out.putVarint(grain);
    ResourceTexts.encode(streams, out);
    groups.encode(out);
    cells.encode(out, true);
  }

  static LogSummary decode(ByteSource in) {
    int grain = in.readCount(Steps.COARSE);
    List<Labels> streams = ResourceTexts.decode(in);
    Groups groups = Groups.decode(in);
    for (int i = 0; i < groups.count(); i++) {
      if (groups.a(i) >= streams.size()) {
        throw in.bad(
            "group "
                + i
                + " of stream "
                + groups.a(i)
                + " (expected: below "
                + streams.size()
                + ")");
      }
    }
    return new LogSummary(grain, streams, groups, Cells.decode(in, true, groups.count()));
  }
}
