package dev.pharos.store.names;

import dev.pharos.log.DamagedJournalException;
import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.Journal;
import dev.pharos.log.JournalReader;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.ServiceNumbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The numbers of services in a [Journal], which is made with the first of them. Where it cannot be written, numbers
/// hold until the process ends; one that cannot be read is begun anew, since colours are no reason not to start. Any
/// thread.
public final class StoredNumbers implements ServiceNumbers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredNumbers.class);
  private static final int VERSION = 1;
  private static final int MAX_SERVICES = 4_096;
  private static final int MAX_NAME_BYTES = 1_024;

  private final Journal journal;
  private final Map<Tenant, Map<String, Integer>> numbers = new LinkedHashMap<>();
  private boolean unsaved;

  /// @param name of the journal; its directory exists
  public static StoredNumbers open(Disk disk, String name, RandomGenerator random) {
    try {
      return new StoredNumbers(disk, name, random);
    } catch (DamagedJournalException e) {
      LOG.error(
          "The numbers of services cannot be read, so they get other colours: {}", e.getMessage());
      Journal.delete(disk, name);
      return new StoredNumbers(disk, name, random);
    }
  }

  private StoredNumbers(Disk disk, String name, RandomGenerator random) {
    journal =
        Journal.open(
            disk,
            name,
            random,
            new JournalReader() {
              @Override
              public void snapshot(ByteBuffer bytes) {
                load(bytes);
              }

              @Override
              public void edit(ByteBuffer bytes) {
                load(bytes);
              }
            });
    unsaved = journal.isNew();
  }

  private void load(ByteBuffer bytes) {
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new IllegalStateException(
          "numbers of services of version " + version + " (expected: " + VERSION + ")");
    }
    while (bytes.hasRemaining()) {
      add(new Tenant(text(bytes)), text(bytes));
    }
  }

  private static String text(ByteBuffer bytes) {
    var utf8 = new byte[bytes.getShort()];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private boolean add(Tenant tenant, String service) {
    Map<String, Integer> known = numbers.computeIfAbsent(tenant, ignored -> new LinkedHashMap<>());
    return known.size() < MAX_SERVICES && known.putIfAbsent(service, known.size()) == null;
  }

  @Override
  public synchronized Map<String, Integer> of(Tenant tenant, Collection<String> services) {
    Map<String, Integer> known = all(tenant);
    var added = new ArrayList<String>();
    for (String service : new TreeSet<>(services)) {
      if (!known.containsKey(service) && isName(service) && add(tenant, service)) {
        added.add(service);
      }
    }
    if (!added.isEmpty()) {
      save(tenant, added);
    }
    var found = new HashMap<>(all(tenant));
    found.keySet().retainAll(new TreeSet<>(services));
    return found;
  }

  private static boolean isName(String service) {
    return !service.isEmpty() && service.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
  }

  private void save(Tenant tenant, List<String> added) {
    try {
      if (unsaved) {
        journal.compact(encode(numbers));
      } else {
        var edit = new LinkedHashMap<String, Integer>();
        added.forEach(service -> edit.put(service, 0));
        journal.append(encode(Map.of(tenant, edit)), true);
      }
      unsaved = false;
    } catch (DiskException e) {
      unsaved = true;
      LOG.warn("The numbers of services could not be stored: {}", e.getMessage());
    }
  }

  private static ByteBuffer encode(Map<Tenant, Map<String, Integer>> numbers) {
    var texts = new ArrayList<byte[]>();
    numbers.forEach(
        (tenant, services) ->
            services
                .keySet()
                .forEach(
                    service -> {
                      texts.add(tenant.name().getBytes(StandardCharsets.UTF_8));
                      texts.add(service.getBytes(StandardCharsets.UTF_8));
                    }));
    int size = texts.stream().mapToInt(utf8 -> Short.BYTES + utf8.length).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + size).order(ByteOrder.LITTLE_ENDIAN).putInt(VERSION);
    texts.forEach(utf8 -> bytes.putShort((short) utf8.length).put(utf8));
    return bytes.flip();
  }

  @Override
  public synchronized Map<String, Integer> all(Tenant tenant) {
    return Map.copyOf(numbers.getOrDefault(tenant, Map.of()));
  }

  @Override
  public void close() {
    journal.close();
  }
}
