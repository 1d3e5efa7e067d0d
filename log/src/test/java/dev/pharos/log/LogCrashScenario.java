package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A log in use on a disk that fails, and what must be true after every recovery.
///
/// Every frame has a content of its own, a number. What was acknowledged (its force returned, or a recovery showed it)
/// must be there, once, in order; what was in flight may be there only behind all that was acknowledged, from its first
/// frame on and without gaps; no sequence may ever be given to two contents; nothing may be reported as damaged.
final class LogCrashScenario extends CrashingUse {
  private final LogOptions options;
  private final Map<Long, Integer> given = new HashMap<>();
  private final TreeMap<Long, Integer> acknowledged = new TreeMap<>();
  private final TreeMap<Long, Integer> appended = new TreeMap<>();

  /// Runs of frames of which a crash may leave a beginning of one; the last is the one being appended.
  private final List<List<Integer>> inFlight = new ArrayList<>();

  private long cut = 1;
  private int contents;

  LogCrashScenario(long seed) {
    super(seed);
    this.options =
        new LogOptions(1500, random.nextBoolean() ? 0 : 700, random.nextInt(3), new Random(seed));
    inFlight.add(new ArrayList<>());
  }

  @Override
  protected void use(int steps) {
    DurableLog log = openAndCheck();
    for (int i = 0; i < steps; i++) {
      log = step(log);
    }
  }

  @Override
  public void finish() {
    openAndCheck();
  }

  private DurableLog openAndCheck() {
    TreeMap<Long, Integer> found = new TreeMap<>();
    DurableLog log =
        DurableLog.open(
            disk(),
            "signals/log",
            options,
            cut,
            (sequence, tenant, keys, payload) -> {
              int content = content(tenant, keys, payload);
              assertThat(found.isEmpty() || found.lastKey() < sequence)
                  .as("order at %d", sequence)
                  .isTrue();
              assertThat(given.getOrDefault(sequence, content))
                  .as("content of %d", sequence)
                  .isEqualTo(content);
              found.put(sequence, content);
            });
    assertThat(log.recovery().damage()).isEmpty();
    List<Integer> order = new ArrayList<>(found.values());
    List<Integer> must = new ArrayList<>(acknowledged.tailMap(cut).values());
    assertThat(order.subList(0, Math.min(must.size(), order.size())))
        .as("acknowledged")
        .isEqualTo(must);
    List<Integer> more = order.subList(must.size(), order.size());
    assertThat(inFlight)
        .as("in flight, with a beginning %s", more)
        .anyMatch(run -> more.size() <= run.size() && more.equals(run.subList(0, more.size())));
    acknowledge(found);
    return log;
  }

  private void acknowledge(Map<Long, Integer> frames) {
    given.putAll(frames);
    acknowledged.putAll(frames);
    appended.clear();
    inFlight.clear();
    inFlight.add(new ArrayList<>());
  }

  private DurableLog step(DurableLog log) {
    switch (random.nextInt(16)) {
      case 0 -> {
        if (random.nextBoolean()) {
          log.startNewFile();
        }
        if (random.nextInt(4) == 0) {
          log.dropSpares();
        }
        cutBelow(log);
      }
      case 1 -> {
        log.close();
        return openAndCheck();
      }
      case 2 -> {
        letForcesFail();
        commit(log, random.nextInt(1, 3));
        letForcesBe();
      }
      case 3 -> {
        disk().capacityBytes(disk().usedBytes() + random.nextInt(600));
        commit(log, random.nextInt(1, 4));
        disk().capacityBytes(Long.MAX_VALUE);
      }
      case 4 -> {
        append(log, random.nextInt(1, 3));
        disk().cut();
        disk().checkPower();
      }
      case 5, 6 -> log.prepareNextFile();
      default -> commit(log, random.nextInt(1, 4));
    }
    return log;
  }

  private void cutBelow(DurableLog log) {
    if (!acknowledged.isEmpty()) {
      List<Long> sequences = List.copyOf(acknowledged.keySet());
      cut = Math.max(cut, sequences.get(random.nextInt(sequences.size())));
      log.truncateBelow(cut);
    }
  }

  private void commit(DurableLog log, int appends) {
    try {
      try {
        for (int i = 0; i < appends; i++) {
          append(log, random.nextInt(1, 3));
        }
      } catch (DiskFullException e) {
        // What was appended before is as good as it was.
      }
      log.force();
      if (!appended.isEmpty()) {
        acknowledge(appended);
      }
    } catch (DiskException e) {
      appended.clear();
      inFlight.add(new ArrayList<>());
    }
  }

  private void append(DurableLog log, int count) {
    List<Frame> frames = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(++contents);
      frames.add(frame(contents));
    }
    List<Integer> run = inFlight.getLast();
    run.addAll(numbers);
    try {
      long sequence = log.append(frames);
      for (int number : numbers) {
        assertThat(given.put(sequence, number)).as("sequence %d given before", sequence).isNull();
        appended.put(sequence++, number);
      }
    } catch (DiskFullException e) {
      run.removeAll(numbers);
      throw e;
    }
  }

  private static Frame frame(int content) {
    Random bytes = new Random(content);
    ByteBuffer payload = ByteBuffer.allocate(bytes.nextInt(900));
    bytes.nextBytes(payload.array());
    long[] keys = new long[2 * bytes.nextInt(3)];
    int split = bytes.nextInt(payload.capacity() + 1);
    return new Frame(
        "t" + content,
        keys,
        payload.slice(0, split),
        payload.slice(split, payload.capacity() - split));
  }

  private static int content(String tenant, long[] keys, ByteBuffer payload) {
    int content = Integer.parseInt(tenant.substring(1));
    Frame expected = frame(content);
    assertThat(keys).isEqualTo(expected.keys());
    int first = expected.payload()[0].remaining();
    assertThat(payload.slice(0, first)).isEqualTo(expected.payload()[0]);
    assertThat(payload.slice(first, payload.remaining() - first)).isEqualTo(expected.payload()[1]);
    return content;
  }
}
