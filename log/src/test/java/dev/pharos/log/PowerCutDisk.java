package dev.pharos.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A disk in memory that forgets what was not forced.
///
/// The end comes at an operation chosen by `cutAt` or at once by `cut`: that operation has happened or not, and from
/// then on everything throws `PowerCut`. `restart` gives the disk that is found when the power came back: every forced
/// byte, length and name; of the rest any part, sector by sector and name by name. `kill` gives the disk that the next
/// process finds if only the process ended: everything, and what was not forced still is not. Forces can be left out by
/// their site, failed, and delayed (`onForce`), and room can be taken away and given back (`capacityBytes`).
///
/// Operations are counted from 1: writes, truncations, forces, creations, renames, deletions; each may be followed by
/// the system writing back something of its own accord. All that looks random follows from the seed. Any thread.
public final class PowerCutDisk implements Disk {
  final Random random;
  private final PowerCutNames names;
  private final Set<String> locks = new HashSet<>();
  private final Set<ForceSite> sites = new LinkedHashSet<>();
  private ForceHook hook = (site, name) -> ForceHook.Outcome.PROCEED;
  private long operations;
  private long cutAt = Long.MAX_VALUE;
  private long capacityBytes = Long.MAX_VALUE;
  private boolean powerless;

  public PowerCutDisk(long seed) {
    this(seed, new PowerCutNames());
  }

  private PowerCutDisk(long seed, PowerCutNames names) {
    this.random = new Random(seed);
    this.names = names;
  }

  /// Lets the power go at the operation of this number.
  public synchronized void cutAt(long operation) {
    cutAt = operation;
  }

  /// Lets the power go now.
  public synchronized void cut() {
    powerless = true;
  }

  /// How many operations there were.
  public synchronized long operations() {
    return operations;
  }

  /// The disk after the power came back; this one stays dead. Cuts the power if it is still there.
  public synchronized PowerCutDisk restart() {
    powerless = true;
    return new PowerCutDisk(random.nextLong(), names.survivors(random));
  }

  /// The disk as the next process finds it after this one was killed, now or where `cutAt` ended it; this one stays
  /// dead.
  public synchronized PowerCutDisk kill() {
    powerless = true;
    return new PowerCutDisk(random.nextLong(), names.copy());
  }

  /// Decides over all forces from now on.
  public synchronized void onForce(ForceHook newHook) {
    hook = newHook;
  }

  /// Leaves out the forces of one site.
  public void ignore(ForceSite ignored) {
    onForce(
        (site, name) ->
            site.equals(ignored) ? ForceHook.Outcome.IGNORE : ForceHook.Outcome.PROCEED);
  }

  /// The sites that have asked for a force.
  public synchronized Set<ForceSite> sites() {
    return Set.copyOf(sites);
  }

  /// Sets how many bytes all files together may have; what is there already stays.
  public synchronized void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /// The bytes of all files together.
  public synchronized long usedBytes() {
    return names.cached.values().stream().mapToLong(PowerCutInode::length).sum();
  }

  @Override
  public synchronized DiskFile create(String name) {
    checkPower();
    if (names.cached.containsKey(DiskName.check(name))) {
      throw new DiskException("create " + name + ": exists");
    }
    checkDirectory(DiskName.directoryOf(name));
    PowerCutInode inode = new PowerCutInode(false);
    perform(() -> names.create(name, inode));
    return new PowerCutFile(this, name, inode);
  }

  @Override
  public synchronized DiskFile open(String name) {
    return new PowerCutFile(this, name, file(name));
  }

  @Override
  public DiskReader openForReading(String name) {
    return open(name);
  }

  @Override
  public synchronized byte[] readAll(String name) {
    PowerCutInode inode = file(name);
    byte[] bytes = new byte[inode.length()];
    inode.read(ByteBuffer.wrap(bytes), 0);
    return bytes;
  }

  @Override
  public synchronized void rename(String from, String to) {
    if (!DiskName.directoryOf(from).equals(DiskName.directoryOf(DiskName.check(to)))) {
      throw new IllegalArgumentException(
          "rename " + from + " to " + to + " (expected: the same directory)");
    }
    file(from);
    perform(() -> names.rename(from, to));
  }

  @Override
  public synchronized boolean delete(String name) {
    checkPower();
    if (!names.cached.containsKey(DiskName.check(name))) {
      return false;
    }
    if (names.cached.keySet().stream().anyMatch(other -> other.startsWith(name + "/"))) {
      throw new DiskException("delete " + name + ": not empty");
    }
    perform(() -> names.delete(name));
    return true;
  }

  @Override
  public synchronized void createDirectory(String name) {
    checkPower();
    if (DiskName.checkDirectory(name).isEmpty()) {
      return;
    }
    createDirectory(DiskName.directoryOf(name));
    PowerCutInode there = names.cached.get(name);
    if (there != null && !there.directory) {
      throw new DiskException("create directory " + name + ": a file");
    }
    if (there == null) {
      perform(() -> names.create(name, new PowerCutInode(true)));
    }
  }

  @Override
  public synchronized List<String> files(String directory) {
    return list(directory, false);
  }

  @Override
  public synchronized List<String> directories(String directory) {
    return list(directory, true);
  }

  private List<String> list(String directory, boolean directories) {
    checkPower();
    List<String> found = new ArrayList<>();
    names.cached.forEach(
        (name, inode) -> {
          if (inode.directory == directories && DiskName.directoryOf(name).equals(directory)) {
            found.add(name.substring(directory.isEmpty() ? 0 : directory.length() + 1));
          }
        });
    return found;
  }

  @Override
  public void forceDirectory(String name, ForceSite site) {
    ForceHook.Outcome outcome = outcome(site, name);
    synchronized (this) {
      checkPower();
      checkDirectory(name);
      switch (outcome) {
        case PROCEED -> perform(() -> names.force(name));
        case IGNORE -> perform(() -> {});
        case FAIL -> {
          perform(() -> {});
          throw new DiskException("force directory " + name + ": failed by the test");
        }
      }
    }
  }

  @Override
  public synchronized boolean exists(String name) {
    checkPower();
    return DiskName.checkDirectory(name).isEmpty() || names.cached.containsKey(name);
  }

  @Override
  public synchronized long size(String name) {
    return file(name).length();
  }

  @Override
  public synchronized long usableBytes() {
    checkPower();
    return freeBytes();
  }

  @Override
  public synchronized DiskLock lock(String name) {
    checkPower();
    if (!locks.add(name)) {
      throw new DiskLockedException("test disk is in use (lock file " + name + ")");
    }
    return () -> {
      synchronized (this) {
        locks.remove(name);
      }
    };
  }

  @Override
  public String toString() {
    return "test disk";
  }

  void checkPower() {
    if (powerless) {
      throw new PowerCut("no power since operation " + operations);
    }
  }

  /// Does one operation, unless the power goes before it.
  void perform(Runnable effect) {
    checkPower();
    operations++;
    boolean last = operations == cutAt;
    if (!last || random.nextBoolean()) {
      effect.run();
    }
    if (last) {
      powerless = true;
      checkPower();
    }
    if (random.nextInt(8) == 0) {
      writeBack();
    }
  }

  ForceHook.Outcome outcome(ForceSite site, String name) {
    ForceHook current;
    synchronized (this) {
      checkPower();
      sites.add(site);
      current = hook;
    }
    return current.before(site, name);
  }

  long freeBytes() {
    return Math.max(0, capacityBytes - usedBytes());
  }

  private void writeBack() {
    names.writeBack(0.25, random);
    names.cached.values().forEach(inode -> inode.writeBack(0.25, random));
  }

  private PowerCutInode file(String name) {
    checkPower();
    PowerCutInode inode = names.cached.get(DiskName.check(name));
    if (inode == null || inode.directory) {
      throw new DiskException(
          "open " + name + ": " + (inode == null ? "no such file" : "a directory"));
    }
    return inode;
  }

  private void checkDirectory(String name) {
    PowerCutInode inode = names.cached.get(name);
    if (!name.isEmpty() && (inode == null || !inode.directory)) {
      throw new DiskException(
          "directory " + name + ": " + (inode == null ? "no such directory" : "a file"));
    }
  }
}
