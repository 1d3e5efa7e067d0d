package dev.pharos.insight.compare;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.DurationScale;
import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;

/// The durations of each operation (service, name and kind), and from which on a span is among its slowest 5 %. One
/// thread takes spans; after [#decide] any may ask for sides.
///
/// Durations are counted by the ranges of [DurationScale]: the slowest are those in the topmost ranges that together
/// have at most 5 % of the operation's spans. A service with more than [#MAX_NAMES] names has one operation a kind,
/// since such names tell calls apart and not operations.
final class Operations implements SpanSweep.Work, Sides {
  /// One in so many spans of an operation is slow.
  private static final int SLOW = 20;

  static final int MAX_NAMES = 500;
  private static final byte[] SERVICE = "service.name".getBytes(StandardCharsets.UTF_8);

  private final QueryContext context;
  private final Symbols texts = new Symbols();

  /// Operations by the symbols of service and name, and kind; the empty name stands for all of a service.
  private final Numbering operations = new Numbering();

  private int[][] durations = new int[16][];

  /// By symbol of a service, how many operations it has.
  private int[] names = new int[16];

  /// By operation, after [#decide].
  private long[] least = {};

  Operations(QueryContext context) {
    this.context = context;
  }

  @Override
  public void take(int number, SpanBlock block, boolean[] taken, int count) {
    var keys = new Keys(block, texts, true);
    long[] nanos = block.durations();
    for (int row = 0; row < taken.length; row++) {
      if (taken[row]) {
        int operation = keys.number(row, this::numberOf);
        durations[operation][DurationScale.index(nanos[row])]++;
      }
    }
  }

  /// Of an operation that has counters from now on.
  private int numberOf(long key) {
    int known = operations.find(key);
    if (known >= 0) {
      return known;
    }
    int service = Keys.service(key);
    if (service >= names.length) {
      names = Arrays.copyOf(names, Math.max(texts.count(), service + 1) * 2);
    }
    int number = operations.of(isWide(service) ? Keys.withoutName(key) : key);
    if (number == durations.length) {
      durations = Arrays.copyOf(durations, number * 2);
    }
    if (durations[number] == null) {
      context.reserve((long) DurationScale.SIZE * Integer.BYTES);
      durations[number] = new int[DurationScale.SIZE];
      names[service]++;
    }
    return number;
  }

  private int[] countersOf(long key) {
    int number = numberOf(key);
    return durations[number];
  }

  private boolean isWide(int service) {
    return service < names.length && names[service] > MAX_NAMES;
  }

  void addAll(Operations other) {
    for (int number = 0; number < other.operations.size(); number++) {
      long key = other.operations.key(number);
      int service = texts.intern(other.texts, Keys.service(key));
      int name = texts.intern(other.texts, Keys.name(key));
      int[] counters = countersOf(Keys.key(service, name, Keys.kind(key)));
      add(other.durations[number], counters);
    }
  }

  private static void add(int[] from, int[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] += from[i];
    }
  }

  /// Fixes what is slow; nothing is counted any more.
  void decide() {
    int count = operations.size();
    for (int number = 0; number < count; number++) {
      long key = operations.key(number);
      if (isWide(Keys.service(key)) && Keys.withoutName(key) != key) {
        add(durations[number], countersOf(Keys.withoutName(key)));
      }
    }
    least = new long[operations.size()];
    for (int number = 0; number < least.length; number++) {
      least[number] = leastOfSlow(durations[number]);
    }
  }

  private static long leastOfSlow(int[] counters) {
    long all = 0;
    for (int each : counters) {
      all += each;
    }
    long above = 0;
    int range = counters.length;
    while (range > 0 && (above + counters[range - 1]) * SLOW <= all) {
      range--;
      above += counters[range];
    }
    return DurationScale.least(range);
  }

  /// The least duration inside, if there is one operation only.
  OptionalLong leastNanos() {
    return least.length == 1 ? OptionalLong.of(least[0]) : OptionalLong.empty();
  }

  @Override
  public byte[] of(SpanBlock block, boolean[] taken) {
    var keys = new Keys(block, texts, false);
    long[] nanos = block.durations();
    var sides = new byte[taken.length];
    for (int row = 0; row < taken.length; row++) {
      if (taken[row]) {
        int number = keys.number(row, this::known);
        sides[row] = number >= 0 && nanos[row] >= least[number] ? IN : OUT;
      }
    }
    return sides;
  }

  /// -1 if there is none.
  private int known(long key) {
    return operations.find(isWide(Keys.service(key)) ? Keys.withoutName(key) : key);
  }

  /// The operations of the rows of one block, as keys. One thread.
  private static final class Keys {
    /// Numbers that were told lately have a place by their key.
    private static final int RECENT = 1 << 9;

    private static final int UNKNOWN = -1;
    private static final long NAME_BITS = 0xffff_fff8L;

    private final SpanBlock block;
    private final Symbols texts;
    private final boolean adds;
    private final long[] resources;
    private final long[] nameIds;
    private final Symbols nameSymbols;
    private final long[] kinds;
    private final int[] services;
    private final int[] names;
    private final long[] recent = new long[RECENT];
    private final int[] numbers = new int[RECENT];

    /// @param adds whether texts that are not known are added
    Keys(SpanBlock block, Symbols texts, boolean adds) {
      this.block = block;
      this.texts = texts;
      this.adds = adds;
      resources = block.column(Field.RESOURCE).values();
      nameIds = block.column(Field.NAME).values();
      nameSymbols = block.column(Field.NAME).symbols();
      kinds = block.column(Field.KIND).values();
      services = new int[block.resources().size()];
      names = new int[nameSymbols.count()];
      Arrays.fill(services, UNKNOWN);
      Arrays.fill(names, UNKNOWN);
      Arrays.fill(recent, UNKNOWN);
    }

    /// The number that the operation of a row has, as told by `resolve` for its key.
    int number(int row, LongToIntFunction resolve) {
      long key = of(row);
      int place = (int) (key * 0x9E3779B97F4A7C15L >>> 55);
      if (recent[place] != key) {
        numbers[place] = resolve.applyAsInt(key);
        recent[place] = key;
      }
      return numbers[place];
    }

    private long of(int row) {
      int table = (int) resources[row];
      if (services[table] == UNKNOWN) {
        services[table] = serviceOf(block.resources().attributes(), table);
      }
      int text = (int) nameIds[row];
      if (names[text] == UNKNOWN) {
        names[text] = known(nameSymbols, text);
      }
      return key(services[table], names[text], (int) kinds[row]);
    }

    private int serviceOf(AttributeRows attributes, int row) {
      Symbols symbols = block.resourceSymbols();
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (symbols.same(attributes.key(i), SERVICE)) {
          return attributes.type(i) == ValueType.STRING
              ? known(symbols, (int) attributes.value(i))
              : 0;
        }
      }
      return 0;
    }

    private int known(Symbols symbols, int text) {
      return adds
          ? texts.intern(symbols, text)
          : Math.max(0, texts.find(symbols.bytes(), symbols.offset(text), symbols.length(text)));
    }

    static long key(int service, int name, int kind) {
      return (long) service << 32 | (long) name << 3 | kind & 7;
    }

    static int service(long key) {
      return (int) (key >>> 32);
    }

    static int name(long key) {
      return (int) ((key & NAME_BITS) >>> 3);
    }

    static int kind(long key) {
      return (int) (key & 7);
    }

    static long withoutName(long key) {
      return key & ~NAME_BITS;
    }
  }
}
