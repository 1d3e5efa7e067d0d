package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.segment.CorruptSegmentException;
import dev.pharos.store.segment.MemoryStorage;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricSegmentTest {
  private static final String NAME = "metrics/default/2026-11-21/0000000000000007";
  private static final MetricMetadata FAMILY =
      new MetricMetadata("m", "gauge", "help", "seconds", "m");

  private final MemoryStorage storage = new MemoryStorage();

  private SegmentMeta write(int series, int samples) {
    var random = new Random(series);
    try (var writer = new SegmentWriter(storage, NAME)) {
      for (int i = 0; i < series; i++) {
        var millis = new long[samples];
        var values = new double[samples];
        for (int k = 0; k < samples; k++) {
          millis[k] = 1_800_000_000_000L + k * 15_000L;
          values[k] = i % 2 == 0 ? random.nextGaussian() : random.nextInt(1000) / 10.0;
        }
        var resources = new ResourceTimes();
        resources.add(
            new Resource(Labels.of("host.name", "h" + i % 2)), millis[0], millis[samples - 1]);
        List<Exemplar> exemplars =
            i == 0 ? List.of(new Exemplar(Labels.of("trace_id", "ab"), 1, millis[0])) : List.of();
        writer.series(
            Labels.of(Labels.NAME, "m", "i", "%03d".formatted(i), "zone", "z" + i % 3),
            FAMILY,
            new SampleRun(
                samples,
                millis,
                values,
                SampleRun.NO_HISTOGRAMS,
                SampleRun.ONE_ORIGIN,
                SampleRun.HEAD),
            resources,
            exemplars);
      }
      return writer.finish();
    }
  }

  private MetricSegment open(SegmentMeta meta) {
    return MetricSegment.open(storage, meta, new PageCache(1 << 20));
  }

  /// Everything that can be read of a segment.
  private static String content(MetricSegment segment) {
    var text = new StringBuilder();
    for (int series = 0; series < segment.seriesCount(); series++) {
      SampleRun run = segment.run(series, Long.MIN_VALUE, Long.MAX_VALUE);
      text.append(segment.labels(series))
          .append(segment.family(series))
          .append(segment.exemplars(series))
          .append(MetricStore.texts(SampleRun.samples(List.of(run))))
          .append(run.originOf(0))
          .append(segment.resources(series).resource(0).attributes());
    }
    return text.append(
            segment.select(SeriesFilter.of(List.of(Matcher.equal("zone", "z1"))), 0, Long.MAX_VALUE)
                .length)
        .toString();
  }

  @Test
  void readsBlocksAcrossPagesAndSamplesOfARange() {
    SegmentMeta meta = write(5, 10_000);
    MetricSegment segment = open(meta);
    assertThat(meta.rows()).isEqualTo(50_000);
    assertThat(
            segment
                .run(3, 1_800_000_000_000L + 4095 * 15_000L, 1_800_000_000_000L + 4096 * 15_000L)
                .count())
        .isEqualTo(2);
    assertThat(segment.run(3, Long.MIN_VALUE, Long.MAX_VALUE).count()).isEqualTo(10_000);
    assertThat(segment.touches(3, 1_800_000_000_001L, 1_800_000_014_999L)).isFalse();
    assertThat(segment.touches(3, 1_800_000_000_001L, 1_800_000_015_000L)).isTrue();
    assertThat(segment.run(3, 0, 1_800_000_000_000L).originOf(0)).isEqualTo(7);
  }

  @Test
  void selectsByAllKindsOfMatchers() {
    MetricSegment segment = open(write(12, 3));
    assertThat(select(segment, Matcher.equal("zone", "z1"))).containsExactly(1, 4, 7, 10);
    assertThat(select(segment, Matcher.notEqual("zone", "z1"), Matcher.equal(Labels.NAME, "m")))
        .hasSize(8);
    assertThat(select(segment, regex("zone", "z[12]"), regex("i", "00.|010")))
        .containsExactly(1, 2, 4, 5, 7, 8, 10);
    assertThat(select(segment, Matcher.equal("none", ""))).hasSize(12);
    assertThat(select(segment, Matcher.notEqual("none", ""))).isEmpty();
    assertThat(
            select(segment, Matcher.equal("zone", "z1"), Matcher.equal("resource.host.name", "h1")))
        .containsExactly(1, 7);
  }

  private static int[] select(MetricSegment segment, Matcher... matchers) {
    return segment.select(SeriesFilter.of(List.of(matchers)), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static Matcher regex(String name, String pattern) {
    return new Matcher(
        name, Matcher.Kind.REGEX, pattern, Pattern.compile(pattern).asMatchPredicate(), Set.of());
  }

  @Test
  void tellsDamageWhereverItIs() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    SegmentMeta meta = write(20, 50);
    String expected = content(open(meta));
    var bytes = new byte[(int) meta.sizeBytes()];
    storage.read(NAME, List.of(new SegmentStorage.Range(0, ByteBuffer.wrap(bytes))));
    var survived = new ArrayList<Integer>();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 + random.nextInt(255));
      put(damaged);
      try {
        assertThat(content(open(meta))).isEqualTo(expected);
        survived.add(i);
      } catch (CorruptSegmentException told) {
        assertThat(told).hasMessageContaining(NAME);
      }
    }
    assertThat(survived).as("seed %d", seed).isEmpty();
  }

  private void put(byte[] bytes) {
    try (var upload = storage.create(NAME)) {
      upload.write(ByteBuffer.wrap(bytes));
      upload.commit();
    }
  }

  @Test
  void refusesAnotherVersion() {
    SegmentMeta meta = write(1, 1);
    var bytes = new byte[(int) meta.sizeBytes()];
    storage.read(NAME, List.of(new SegmentStorage.Range(0, ByteBuffer.wrap(bytes))));
    bytes[4] = 9;
    put(bytes);
    assertThatThrownBy(() -> open(meta))
        .isInstanceOf(CorruptSegmentException.class)
        .hasMessageContaining("version 9");
  }
}
