package dev.pharos.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The names of files and directories as the system's cache has them and as the device has them.
final class PowerCutNames {
  /// A change that is not yet durable; `from` is empty for a creation, `to` for a deletion.
  private record Change(String directory, String from, String to, PowerCutInode inode) {}

  final TreeMap<String, PowerCutInode> cached = new TreeMap<>();
  private final TreeMap<String, PowerCutInode> durable = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  void create(String name, PowerCutInode inode) {
    change(new Change(DiskName.directoryOf(name), "", name, inode));
  }

  void rename(String from, String to) {
    change(new Change(DiskName.directoryOf(from), from, to, cached.get(from)));
  }

  void delete(String name) {
    change(new Change(DiskName.directoryOf(name), name, "", cached.get(name)));
  }

  void force(String directory) {
    for (Iterator<Change> it = changes.iterator(); it.hasNext(); ) {
      Change change = it.next();
      if (change.directory.equals(directory)) {
        apply(change, durable);
        it.remove();
      }
    }
  }

  /// Makes each unforced change durable with this probability, changes of the same name in their order.
  void writeBack(double probability, Random random) {
    Set<String> waiting = new HashSet<>();
    for (Iterator<Change> it = changes.iterator(); it.hasNext(); ) {
      Change change = it.next();
      boolean free = !waiting.contains(change.from) && !waiting.contains(change.to);
      if (free && random.nextDouble() < probability) {
        apply(change, durable);
        it.remove();
      } else {
        Stream.of(change.from, change.to).filter(name -> !name.isEmpty()).forEach(waiting::add);
      }
    }
  }

  /// The names after the power came back: a name is there only if the directories above it are.
  PowerCutNames survivors(Random random) {
    double[] probabilities = {0, 0.5, 1, random.nextDouble()};
    writeBack(probabilities[random.nextInt(probabilities.length)], random);
    PowerCutNames survivors = new PowerCutNames();
    durable.forEach(
        (name, inode) -> {
          String directory = DiskName.directoryOf(name);
          PowerCutInode parent = survivors.cached.get(directory);
          if (directory.isEmpty() || parent != null && parent.directory) {
            PowerCutInode survivor = inode.survivor(random);
            survivors.cached.put(name, survivor);
            survivors.durable.put(name, survivor);
          }
        });
    return survivors;
  }

  PowerCutNames copy() {
    Map<PowerCutInode, PowerCutInode> copies = new IdentityHashMap<>();
    UnaryOperator<PowerCutInode> copyOf =
        inode -> copies.computeIfAbsent(inode, PowerCutInode::copy);
    PowerCutNames copy = new PowerCutNames();
    cached.forEach((name, inode) -> copy.cached.put(name, copyOf.apply(inode)));
    durable.forEach((name, inode) -> copy.durable.put(name, copyOf.apply(inode)));
    changes.forEach(
        c -> copy.changes.add(new Change(c.directory, c.from, c.to, copyOf.apply(c.inode))));
    return copy;
  }

  private void change(Change change) {
    apply(change, cached);
    changes.add(change);
  }

  private static void apply(Change change, Map<String, PowerCutInode> names) {
    if (!change.from.isEmpty()) {
      names.remove(change.from);
    }
    if (!change.to.isEmpty()) {
      names.put(change.to, change.inode);
    }
  }
}
