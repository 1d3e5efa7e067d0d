package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
  private final MemoryStorage storage = new MemoryStorage();

  private static Scan scan(Condition... conditions) {
    return new Scan(
        Tenant.DEFAULT,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Scan.Order.OLDEST_FIRST,
        List.of(conditions));
  }

  /// How often each row that satisfies the conditions is in the blocks that a scan opens.
  private static Map<String, Integer> found(
      List<? extends BlockRef<? extends Block>> refs, List<Condition> conditions) {
    var rows = new HashMap<String, Integer>();
    for (BlockRef<? extends Block> ref : refs) {
      ref.open()
          .ifPresent(
              block -> {
                var columns = new Columns(block);
                for (int row = 0; row < block.rows(); row++) {
                  if (satisfies(columns, row, conditions)) {
                    rows.merge(
                        columns.column(Field.TIME).value(row)
                            + ":"
                            + columns.column(Field.SPAN_ID).value(row),
                        1,
                        Integer::sum);
                  }
                }
              });
    }
    return rows;
  }

  /// The columns of a block, each read once.
  private record Columns(Block block, Map<Object, Column> read) {
    Columns(Block block) {
      this(block, new HashMap<>());
    }

    Column column(Field field) {
      return read.computeIfAbsent(field, key -> block.column(field));
    }

    Column attribute(AttributeScope scope, String name) {
      return read.computeIfAbsent(scope + name, key -> block.attribute(scope, name));
    }
  }

  private static boolean satisfies(Columns block, int row, List<Condition> conditions) {
    return conditions.stream().allMatch(condition -> satisfies(block, row, condition));
  }

  private static boolean satisfies(Columns block, int row, Condition condition) {
    return switch (condition) {
      case Condition.AttributeIn in ->
          in.scopes().stream()
              .anyMatch(
                  scope -> {
                    Column column = block.attribute(scope, in.key());
                    return column.type(row) == ValueType.STRING
                        && in.values().contains(column.text(row));
                  });
      case Condition.AttributeExists in ->
          in.scopes().stream()
              .anyMatch(scope -> block.attribute(scope, in.key()).type(row) != ValueType.ABSENT);
      case Condition.AttributeBetween in ->
          in.scopes().stream()
              .anyMatch(
                  scope -> {
                    Column column = block.attribute(scope, in.key());
                    double value =
                        column.type(row) == ValueType.INT
                            ? column.value(row)
                            : column.type(row) == ValueType.DOUBLE
                                ? Double.longBitsToDouble(column.value(row))
                                : Double.NaN;
                    return value >= in.min() && value <= in.max();
                  });
      case Condition.FieldIn in -> {
        Column column = block.column(in.field());
        yield !column.isAbsent() && in.values().contains(column.text(row));
      }
      case Condition.FieldBetween in -> {
        Column column = block.column(in.field());
        yield !column.isAbsent() && column.value(row) >= in.min() && column.value(row) <= in.max();
      }
      case Condition.DurationBetween in -> {
        long duration = block.column(Field.END).value(row) - block.column(Field.TIME).value(row);
        yield duration >= in.minNanos() && duration <= in.maxNanos();
      }
      case Condition.OfTrace in ->
          block.column(Field.TRACE_HI).value(row) == in.traceHi()
              && block.column(Field.TRACE_LO).value(row) == in.traceLo();
      case Condition.BodyContains in -> {
        Column body = block.column(Field.BODY);
        yield body.type(row) != ValueType.STRING
            || in.needles().stream()
                .allMatch(
                    needle -> body.text(row).contains(new String(needle, StandardCharsets.UTF_8)));
      }
      case Condition.AnyOf in ->
          in.conditions().stream().anyMatch(one -> satisfies(block, row, one));
    };
  }

  private static Condition random(SplittableRandom random, boolean spans) {
    Set<AttributeScope> scopes =
        switch (random.nextInt(3)) {
          case 0 -> Set.of(AttributeScope.ITEM);
          case 1 -> Set.of(AttributeScope.RESOURCE);
          default -> Set.of(AttributeScope.values());
        };
    String key =
        random.nextInt(4) == 0
            ? "rare." + random.nextInt(600)
            : RandomBatches.KEYS[random.nextInt(RandomBatches.KEYS.length)];
    String text =
        random.nextBoolean()
            ? "t" + random.nextInt(1200)
            : RandomBatches.TEXTS[random.nextInt(RandomBatches.TEXTS.length)];
    int low = random.nextInt(-5, 110);
    return switch (random.nextInt(9)) {
      case 0 -> new Condition.AttributeIn(scopes, key, Set.of(text));
      case 1 -> new Condition.AttributeExists(scopes, key);
      case 2 -> new Condition.AttributeBetween(scopes, key, low, low + random.nextInt(3));
      case 3 ->
          new Condition.FieldIn(spans ? Field.NAME : Field.SEVERITY_TEXT, Set.of(text, "nothing"));
      case 4 ->
          new Condition.FieldBetween(
              spans ? Field.KIND : Field.SEVERITY_NUMBER, low / 4, low / 4 + 1);
      case 5 ->
          spans
              ? new Condition.DurationBetween(low * 1_000_000L, low * 10_000_000L)
              : new Condition.BodyContains(List.of(("user-2").getBytes(StandardCharsets.UTF_8)));
      case 6 -> new Condition.OfTrace(random.nextInt(3), random.nextInt(60));
      case 7 ->
          new Condition.FieldIn(
              random.nextBoolean() ? Field.SCOPE_NAME : Field.SCOPE_VERSION, Set.of(text));
      default -> new Condition.AnyOf(List.of(random(random, spans), random(random, spans)));
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void neverLosesASpan(long seed) {
    var batches = new RandomBatches(seed);
    var random = new SplittableRandom(seed);
    var format = new SpanFormat();
    SegmentMeta cut = format.write(List.of(batches.spans(9000), batches.spans(9000)), storage, "s");
    OpenSegment<SpanBlock> segment = seed == 11 ? format.open(storage, cut) : merged(cut);
    var whole = segment.blocks(scan());
    for (int round = 0; round < 40; round++) {
      Condition one = random(random, true);
      Condition two = random(random, true);
      assertThat(found(segment.blocks(scan(one, two)), List.of(one, two)))
          .as("seed %d: %s, %s", seed, one, two)
          .isEqualTo(found(whole, List.of(one, two)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {13, 14})
  void neverLosesALogRecord(long seed) {
    var batches = new RandomBatches(seed);
    var random = new SplittableRandom(seed);
    var format = new LogFormat();
    OpenSegment<LogBlock> segment =
        format.open(
            storage, format.write(List.of(batches.logs(9000), batches.logs(9000)), storage, "s"));
    var whole = segment.blocks(scan());
    for (int round = 0; round < 40; round++) {
      Condition one = random(random, false);
      assertThat(found(segment.blocks(scan(one)), List.of(one)))
          .as("seed %d: %s", seed, one)
          .isEqualTo(found(whole, List.of(one)));
    }
  }

  @Test
  void findsEachLineByAnyPartOfIt() {
    var lines = new MeterLines(21, RandomBatches.BASE, 1_000_000_000);
    var random = new SplittableRandom(21);
    LogBatch batch = lines.next(20_000);
    var format = new LogFormat();
    OpenSegment<LogBlock> segment =
        format.open(storage, format.write(List.of(batch), storage, "s"));
    for (int round = 0; round < 30; round++) {
      String line = batch.symbols().text((int) batch.body()[random.nextInt(batch.rows())]);
      int from = random.nextInt(line.length());
      String needle = line.substring(from, random.nextInt(from, line.length()) + 1);
      Condition condition =
          new Condition.BodyContains(List.of(needle.getBytes(StandardCharsets.UTF_8)));
      assertThat(found(segment.blocks(scan(condition)), List.of(condition)))
          .as(needle)
          .isNotEmpty();
    }
  }

  @Test
  void opensFewBlocksForNeedlesTracesAndValues() {
    var lines = new MeterLines(22, RandomBatches.BASE, 1_000_000_000);
    LogBatch batch = lines.next(65_536);
    String needle = lines.lastNeedle();
    var format = new LogFormat();
    OpenSegment<LogBlock> segment =
        format.open(storage, format.write(List.of(batch), storage, "s"));
    assertThat(
            opened(
                segment.blocks(
                    scan(
                        new Condition.BodyContains(
                            List.of(needle.getBytes(StandardCharsets.UTF_8)))))))
        .isEqualTo(1);
    int row = 0;
    while (batch.traceLo()[row] == 0) {
      row++;
    }
    assertThat(
            opened(
                segment.blocks(
                    scan(new Condition.OfTrace(batch.traceHi()[row], batch.traceLo()[row])))))
        .isBetween(1, 2);
    assertThat(
            opened(
                segment.blocks(
                    scan(
                        new Condition.AttributeIn(
                            Set.of(AttributeScope.RESOURCE),
                            "service.instance.id",
                            Set.of("shop-cart-6c9f7d5b8-12fd1"))))))
        .isLessThan(9);
  }

  /// The segment in the form that merges give, which alone has filters.
  private OpenSegment<SpanBlock> merged(SegmentMeta meta) {
    var format = new SpanFormat();
    return format.open(
        storage,
        format.merge(List.of(format.open(storage, meta)), time -> true, storage, "merged"));
  }

  @Test
  void opensNoBlockOfSpansForAValueThatIsNowhere() {
    var spans = new MeterSpans(23, RandomBatches.BASE, 1_000_000_000);
    SpanBatch batch = spans.next(65_536);
    var format = new SpanFormat();
    OpenSegment<SpanBlock> segment = merged(format.write(List.of(batch), storage, "s"));
    assertThat(segment.blocks(scan(new Condition.FieldIn(Field.NAME, Set.of("nowhere")))))
        .isEmpty();
    assertThat(
            opened(
                segment.blocks(
                    scan(
                        new Condition.AttributeIn(
                            Set.of(AttributeScope.values()), "user.id", Set.of("user-nobody"))))))
        .isZero();
    assertThat(
            opened(
                segment.blocks(
                    scan(
                        new Condition.AttributeIn(
                            Set.of(AttributeScope.ITEM), "user.id", Set.of(anyUser(batch)))))))
        .isPositive();
    assertThat(
            opened(
                segment.blocks(
                    scan(new Condition.OfTrace(batch.traceHi()[0], batch.traceLo()[0])))))
        .isBetween(1, 2);
  }

  @Test
  void opensNoBlockOfACutForAValueThatIsNowhere() {
    SpanBatch batch = new MeterSpans(24, RandomBatches.BASE, 1_000_000_000).next(20_000);
    var format = new SpanFormat();
    OpenSegment<SpanBlock> segment =
        format.open(storage, format.write(List.of(batch), storage, "s"));
    Set<AttributeScope> items = Set.of(AttributeScope.ITEM);
    assertThat(
            opened(
                segment.blocks(
                    scan(new Condition.AttributeIn(items, "user.id", Set.of("user-nobody"))))))
        .isZero();
    assertThat(
            opened(
                segment.blocks(
                    scan(new Condition.AttributeIn(items, "user.id", Set.of(anyUser(batch)))))))
        .isBetween(1, 4);
  }

  @Test
  void opensBlocksForAnElementOfAnArrayBesideManyTexts() {
    var batch = new SpanBatch();
    batch.resources().attributes().endParent();
    batch.resources().add(0, 0, 0);
    batch.scopes().attributes().endParent();
    batch.scopes().add(0, 0, 0, 0);
    int key = batch.symbols().intern("k");
    for (int i = 0; i < 3000; i++) {
      int row = batch.addRow();
      batch.traceLo()[row] = i + 1;
      byte type = i == 1500 ? ValueType.ARRAY : ValueType.STRING;
      batch.attributes().add(key, type, batch.symbols().intern("v" + i));
      batch.attributes().endParent();
    }
    Condition element =
        new Condition.AttributeIn(Set.of(AttributeScope.ITEM), "k", Set.of("element"));
    var format = new SpanFormat();
    SegmentMeta cut = format.write(List.of(batch), storage, "s");
    assertThat(opened(format.open(storage, cut).blocks(scan(element)))).isEqualTo(1);
    assertThat(opened(merged(cut).blocks(scan(element)))).isEqualTo(1);
  }

  private static String anyUser(SpanBatch batch) {
    AttributeRows attributes = batch.attributes();
    Symbols symbols = batch.symbols();
    for (int i = 0; i < attributes.size(); i++) {
      if (symbols.text(attributes.key(i)).equals("user.id")) {
        return symbols.text((int) attributes.value(i));
      }
    }
    throw new AssertionError("no user");
  }

  private static int opened(List<? extends BlockRef<? extends Block>> refs) {
    var open = new ArrayList<Block>();
    refs.forEach(ref -> ref.open().ifPresent(open::add));
    return open.size();
  }
}
