package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// How summaries write the attributes of Resources as texts. Stateless.
final class ResourceTexts {
  private static final int MAX_LABELS = 1 << 16;

  private ResourceTexts() {}

  static void encode(List<Labels> resources, ByteSink out) {
    var texts = new Names();
    var numbers = new ByteSink(1 << 10);
    for (Labels resource : resources) {
      numbers.putVarint(resource.size());
      resource.forEach(
          (name, value) -> {
            numbers.putVarint(texts.of(name));
            numbers.putVarint(texts.of(value));
          });
    }
    texts.encode(out);
    out.putVarint(resources.size());
    out.put(numbers);
  }

  static List<Labels> decode(ByteSource in) {
    Names texts = Names.decode(in);
    int count = in.readCount(CellTable.MAX_GROUPS);
    List<Labels> resources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var labels = new Labels.Builder();
      for (int left = in.readCount(MAX_LABELS); left > 0; left--) {
        String name = texts.text(in.readCount(texts.count() - 1));
        labels.set(name, texts.text(in.readCount(texts.count() - 1)));
      }
      resources.add(labels.build());
    }
    return List.copyOf(resources);
  }
}
