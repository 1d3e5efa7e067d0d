package dev.pharos.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/// The content of one file as the system's cache has it and as the device has it.
final class PowerCutInode {
  /// The unit that the device writes whole or not at all.
  static final int SECTOR_BYTES = 512;

  final boolean directory;
  private byte[] cached = {};
  private int length;
  private byte[] durable = {};
  private int durableLength;
  private final BitSet dirty = new BitSet();

  PowerCutInode(boolean directory) {
    this.directory = directory;
  }

  PowerCutInode copy() {
    PowerCutInode copy = new PowerCutInode(directory);
    copy.cached = cached.clone();
    copy.length = length;
    copy.durable = durable.clone();
    copy.durableLength = durableLength;
    copy.dirty.or(dirty);
    return copy;
  }

  int length() {
    return length;
  }

  int read(ByteBuffer into, long position) {
    int n = (int) Math.max(0, Math.min(into.remaining(), length - position));
    into.put(cached, (int) Math.min(position, length), n);
    return n;
  }

  void write(ByteBuffer source, long position) {
    int n = source.remaining();
    int end = Math.toIntExact(position + n);
    if (cached.length < end) {
      cached = Arrays.copyOf(cached, Math.max(end, 2 * cached.length));
    }
    source.get(cached, (int) position, n);
    length = Math.max(length, end);
    if (n > 0) {
      dirty.set((int) position / SECTOR_BYTES, (end - 1) / SECTOR_BYTES + 1);
    }
  }

  void truncate(int bytes) {
    if (bytes < length) {
      Arrays.fill(cached, bytes, length, (byte) 0);
      dirty.set(bytes / SECTOR_BYTES, (length - 1) / SECTOR_BYTES + 1);
      length = bytes;
    }
  }

  void force() {
    writeBack(1, new Random(0));
    durableLength = length;
    dirty.clear();
  }

  /// What the system does when a force fails: some data is durable, and all of it counts as written.
  void failForce(Random random) {
    writeBack(random.nextDouble(), random);
    dirty.clear();
  }

  /// Makes each unforced sector durable with this probability.
  void writeBack(double probability, Random random) {
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      if (probability >= 1 || random.nextDouble() < probability) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(from + SECTOR_BYTES, cached.length);
        if (durable.length < to) {
          durable = Arrays.copyOf(durable, Math.max(cached.length, to));
        }
        if (from < to) {
          System.arraycopy(cached, from, durable, from, to - from);
        }
        dirty.clear(sector);
      }
    }
  }

  /// The file after the power came back.
  PowerCutInode survivor(Random random) {
    double[] probabilities = {0, 0.5, 1, random.nextDouble()};
    writeBack(probabilities[random.nextInt(probabilities.length)], random);
    int[] lengths = {
      durableLength, length, durableLength + (int) (random.nextDouble() * (length - durableLength))
    };
    PowerCutInode survivor = new PowerCutInode(directory);
    survivor.length = lengths[random.nextInt(lengths.length)];
    survivor.durableLength = survivor.length;
    survivor.durable = Arrays.copyOf(durable, survivor.length);
    survivor.cached = survivor.durable.clone();
    return survivor;
  }
}
