package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.MetricMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The index of an open segment: labels, family, blocks and Resources of each series. Immutable.
final class SegmentIndex {
  private final String[] symbols;
  private final List<MetricMetadata> families;
  private final List<Resource> resources;
  private final int[] labelStarts;
  private int[] labels = new int[64];
  private final int[] familyOf;
  private final int[] blockStarts;

  /// Of each block: times address, values address, first and last time.
  private long[] blocks = new long[64];

  private int[] samples = new int[16];
  private final int[] resourceStarts;
  private int[] resourceOf = new int[16];
  private long[] resourceMillis = new long[32];

  private SegmentIndex(
      String[] symbols, List<MetricMetadata> families, List<Resource> resources, int series) {
    this.symbols = symbols;
    this.families = families;
    this.resources = resources;
    labelStarts = new int[series + 1];
    familyOf = new int[series];
    blockStarts = new int[series + 1];
    resourceStarts = new int[series + 1];
  }

  static SegmentIndex read(ByteSource in, int series) {
    var symbols = new String[in.getCount(in.left())];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = in.getText();
    }
    var families = new ArrayList<MetricMetadata>();
    for (int left = in.getCount(in.left()); left > 0; left--) {
      families.add(
          new MetricMetadata(in.getText(), in.getText(), in.getText(), in.getText(), in.getText()));
    }
    var resources = new ArrayList<Resource>();
    for (int left = in.getCount(in.left()); left > 0; left--) {
      resources.add(new Resource(readLabels(in)));
    }
    int counted = in.getCount(in.left());
    if (counted != series) {
      throw new IndexOutOfBoundsException(
          counted + " series (expected: " + series + " as in the footer)");
    }
    var index = new SegmentIndex(symbols, List.copyOf(families), List.copyOf(resources), series);
    index.readSeries(in);
    return index;
  }

  static Labels readLabels(ByteSource in) {
    var pairs = new String[2 * in.getCount(in.left())];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.getText();
    }
    return Labels.ofSorted(pairs);
  }

  private void readSeries(ByteSource in) {
    long times = 0;
    for (int series = 0; series < familyOf.length; series++) {
      readLabels(in, series);
      familyOf[series] = in.getCount(families.size() - 1);
      int block = blockStarts[series];
      int last = block + in.getCount(in.left());
      long first = 0;
      for (; block < last; block++) {
        if (block == samples.length) {
          samples = Arrays.copyOf(samples, block * 2);
          blocks = Arrays.copyOf(blocks, block * 8);
        }
        samples[block] = in.getCount(SegmentLayout.BLOCK_SAMPLES);
        times += in.getZigzag();
        blocks[4 * block] = times;
        blocks[4 * block + 1] = in.getVarint();
        blocks[4 * block + 2] = in.getZigzag();
        blocks[4 * block + 3] = blocks[4 * block + 2] + in.getVarint();
        first = block == blockStarts[series] ? blocks[4 * block + 2] : first;
      }
      blockStarts[series + 1] = block;
      readResources(in, series, first);
    }
  }

  private void readLabels(ByteSource in, int series) {
    int at = labelStarts[series];
    int end = at + 2 * in.getCount(in.left());
    if (end > labels.length) {
      labels = Arrays.copyOf(labels, Math.max(end, labels.length * 2));
    }
    for (; at < end; at++) {
      labels[at] = in.getCount(symbols.length - 1);
    }
    labelStarts[series + 1] = end;
  }

  private void readResources(ByteSource in, int series, long firstMillis) {
    int at = resourceStarts[series];
    int end = at + in.getCount(in.left());
    if (end > resourceOf.length) {
      resourceOf = Arrays.copyOf(resourceOf, Math.max(end, resourceOf.length * 2));
      resourceMillis = Arrays.copyOf(resourceMillis, resourceOf.length * 2);
    }
    for (; at < end; at++) {
      resourceOf[at] = in.getCount(resources.size() - 1);
      resourceMillis[2 * at] = firstMillis + in.getZigzag();
      resourceMillis[2 * at + 1] = firstMillis + in.getZigzag();
    }
    resourceStarts[series + 1] = end;
  }

  int seriesCount() {
    return familyOf.length;
  }

  Labels labels(int series) {
    int from = labelStarts[series];
    var pairs = new String[labelStarts[series + 1] - from];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = symbols[labels[from + i]];
    }
    return Labels.ofSorted(pairs);
  }

  String symbol(int id) {
    return symbols[id];
  }

  int symbols() {
    return symbols.length;
  }

  /// The symbol of a label's value, or -1.
  int value(int series, int name) {
    for (int i = labelStarts[series]; i < labelStarts[series + 1]; i += 2) {
      if (labels[i] == name) {
        return labels[i + 1];
      }
    }
    return -1;
  }

  MetricMetadata family(int series) {
    return families.get(familyOf[series]);
  }

  List<MetricMetadata> families() {
    return families;
  }

  ResourceTimes resources(int series) {
    var times = new ResourceTimes();
    for (int i = resourceStarts[series]; i < resourceStarts[series + 1]; i++) {
      times.add(resources.get(resourceOf[i]), resourceMillis[2 * i], resourceMillis[2 * i + 1]);
    }
    return times;
  }

  /// The blocks of a series run up to the first one of the next.
  int firstBlock(int series) {
    return blockStarts[series];
  }

  int samples(int block) {
    return samples[block];
  }

  long timesAddress(int block) {
    return blocks[4 * block];
  }

  long valuesAddress(int block) {
    return blocks[4 * block + 1];
  }

  long firstMillis(int block) {
    return blocks[4 * block + 2];
  }

  long lastMillis(int block) {
    return blocks[4 * block + 3];
  }
}
