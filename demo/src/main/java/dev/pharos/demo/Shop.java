package dev.pharos.demo;

import dev.pharos.demo.service.Catalogue;
import dev.pharos.demo.service.Control;
import dev.pharos.demo.service.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The running services: storefront calls two instances of orders in turn, and those call inventory. Thread-safe.
final class Shop implements AutoCloseable {
  /// Time for requests that were sent before the callers knew another address.
  private static final long UNDER_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Agent agent;
  private final ServiceProcess storefront;
  private final List<ServiceProcess> orders;
  private ServiceProcess inventory;
  private final Set<Fault> on = EnumSet.noneOf(Fault.class);
  private boolean closed;

  private Shop(Agent agent) {
    this.agent = agent;
    inventory = start(new Member("inventory", Catalogue.SOUND_INVENTORY, "inventory-1"));
    orders =
        List.of(
            start(new Member("orders", "3.1.0", "orders-1")),
            start(new Member("orders", "3.1.0", Catalogue.DYING_INSTANCE)));
    storefront = start(new Member("storefront", "2.3.1", "storefront-1"));
  }

  private ServiceProcess start(Member member) {
    return ServiceProcess.start(member, agent);
  }

  /// Starts all of them at once and waits until each answers.
  ///
  /// @throws DemoException if one does not
  static Shop open(Agent agent) {
    var shop = new Shop(agent);
    try {
      shop.introduce();
      return shop;
    } catch (DemoException e) {
      shop.close();
      throw e;
    }
  }

  private void introduce() {
    var stock = new Control.Peers(List.of(inventory.address()));
    orders.forEach(one -> one.tell(stock));
    storefront.tell(new Control.Peers(orders.stream().map(ServiceProcess::address).toList()));
    storefront.address();
  }

  /// Where customers go.
  URI entrance() {
    return storefront.address();
  }

  /// Switches a fault on or off; returns once it is.
  synchronized void turn(Fault fault, boolean wanted) {
    if (closed || on.contains(fault) == wanted) {
      return;
    }
    if (fault == Fault.SLOW_QUERY) {
      replaceInventory(wanted ? Catalogue.SLOW_INVENTORY : Catalogue.SOUND_INVENTORY);
    } else {
      all().forEach(one -> one.tell(new Control.Turn(fault, wanted)));
    }
    if (wanted) {
      on.add(fault);
    } else {
      on.remove(fault);
    }
  }

  /// The new version answers before the old one ends, so that no request meets neither.
  private void replaceInventory(String version) {
    ServiceProcess old = inventory;
    ServiceProcess next = start(new Member("inventory", version, old.member().instance()));
    try {
      var stock = new Control.Peers(List.of(next.address()));
      next.tell(new Control.Turn(Fault.SLOW_PRODUCT, on.contains(Fault.SLOW_PRODUCT)));
      orders.forEach(one -> one.tell(stock));
    } catch (DemoException e) {
      next.close();
      throw e;
    }
    inventory = next;
    LockSupport.parkNanos(UNDER_WAY_NANOS);
    old.close();
  }

  synchronized Set<Fault> faults() {
    return Set.copyOf(on);
  }

  /// Those that ended although nobody told them to.
  synchronized List<Member> ended() {
    return closed
        ? List.of()
        : all().stream()
            .filter(one -> one.ended().isPresent())
            .map(ServiceProcess::member)
            .toList();
  }

  private List<ServiceProcess> all() {
    List<ServiceProcess> all = new ArrayList<>(orders);
    all.add(storefront);
    all.add(inventory);
    return all;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all().forEach(one -> threads.execute(one::close));
    }
  }
}
