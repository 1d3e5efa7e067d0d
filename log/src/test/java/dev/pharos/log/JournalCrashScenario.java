package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A journal in use on a disk that fails. Its state is a list of numbers, its edits append one.
///
/// After every recovery the state must begin with all that was durable, and go on with what was appended after that,
/// without gaps. An edit that met a full disk must not be there.
final class JournalCrashScenario extends CrashingUse {
  private final List<Integer> history = new ArrayList<>();
  private int durable;
  private int numbers;

  JournalCrashScenario(long seed) {
    super(seed);
  }

  @Override
  protected void use(int steps) {
    Journal journal = openAndCheck();
    for (int i = 0; i < steps; i++) {
      journal = step(journal);
    }
  }

  @Override
  public void finish() {
    openAndCheck();
  }

  private Journal openAndCheck() {
    List<Integer> found = new ArrayList<>();
    Journal journal =
        Journal.open(
            disk(),
            "manifest",
            new Random(random.nextLong()),
            new JournalReader() {
              @Override
              public void snapshot(ByteBuffer bytes) {
                while (bytes.hasRemaining()) {
                  found.add(bytes.getInt());
                }
              }

              @Override
              public void edit(ByteBuffer bytes) {
                found.add(bytes.getInt());
                assertThat(bytes.remaining()).isEqualTo(padding(found.getLast()));
              }
            });
    assertThat(found).as("durable: %d", durable).hasSizeBetween(durable, history.size());
    assertThat(found).isEqualTo(history.subList(0, found.size()));
    history.subList(found.size(), history.size()).clear();
    durable = found.size();
    if (journal.isNew()) {
      compact(journal);
    }
    return journal;
  }

  private Journal step(Journal journal) {
    switch (random.nextInt(12)) {
      case 0 -> compact(journal);
      case 1 -> {
        journal.close();
        durable = history.size();
        return openAndCheck();
      }
      case 2 -> {
        letForcesFail();
        boolean failed = !append(journal, true);
        letForcesBe();
        if (random.nextBoolean()) {
          return openAndCheck();
        }
        if (failed) {
          compact(journal);
        }
      }
      case 3 -> {
        disk().capacityBytes(disk().usedBytes() + random.nextInt(600));
        append(journal, true);
        disk().capacityBytes(Long.MAX_VALUE);
      }
      default -> append(journal, random.nextBoolean());
    }
    return journal;
  }

  private void compact(Journal journal) {
    ByteBuffer snapshot = ByteBuffer.allocate(4 * history.size()).order(ByteOrder.LITTLE_ENDIAN);
    history.forEach(snapshot::putInt);
    journal.compact(snapshot.flip());
    durable = history.size();
  }

  /// Says whether the journal took it.
  private boolean append(Journal journal, boolean force) {
    int number = ++numbers;
    ByteBuffer edit = ByteBuffer.allocate(4 + padding(number)).order(ByteOrder.LITTLE_ENDIAN);
    history.add(number);
    try {
      journal.append(edit.putInt(0, number), force);
      durable = force ? history.size() : durable;
      return true;
    } catch (DiskFullException e) {
      history.removeLast();
      return true;
    } catch (DiskException e) {
      return false;
    }
  }

  private static int padding(int number) {
    return number * 31 % 700;
  }
}
