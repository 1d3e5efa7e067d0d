package dev.pharos.demo;

import dev.pharos.demo.service.Control;
import dev.pharos.demo.service.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The course of a demo beside a running Pharos: the shop opens, customers come, and after the healthy time a fault
/// begins.
final class Demo implements AutoCloseable {
  private static final long LOOK_SECONDS = 2;

  private final DemoCommandLine line;
  private final Console console;
  private final String ui;
  private final Shop shop;
  private final Load load;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo").factory());
  private final Set<Member> missed = new HashSet<>();

  private Demo(DemoCommandLine line, Console console, String ui, Shop shop, Load load) {
    this.line = line;
    this.console = console;
    this.ui = ui;
    this.shop = shop;
    this.load = load;
  }

  /// Returns once customers come.
  ///
  /// @param otlp where Pharos takes OTLP over HTTP
  /// @param ui where its UI is
  /// @throws DemoException if the shop cannot open
  static Demo start(DemoCommandLine line, Console console, String otlp, String ui) {
    console.say("starting the shop: storefront, two instances of orders, inventory");
    Shop shop = Shop.open(Agent.sendingTo(otlp));
    Load load = Load.start(shop.entrance(), line.rate(), RandomGenerator.getDefault());
    var demo = new Demo(line, console, ui, shop, load);
    console.say("customers come: open " + ui);
    demo.plan();
    return demo;
  }

  private void plan() {
    line.fault()
        .ifPresent(
            fault -> {
              console.say(
                  "all is well for " + text(line.healthy()) + ", then something goes wrong");
              clock.schedule(() -> begin(fault), line.healthy().toMillis(), TimeUnit.MILLISECONDS);
            });
    console.say(
        "type a fault and on or off, or faults, and Enter (pharos demo --help); Ctrl-C stops everything");
    clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private static String text(Duration time) {
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private void begin(Fault fault) {
    try {
      shop.turn(fault, true);
      console.say(
          line.surprise()
              ? "something goes wrong from now on: "
                  + ui
                  + " says where to look (faults tells what it is)"
              : new Control.Turn(fault, true).line());
    } catch (DemoException e) {
      console.say(String.valueOf(e.getMessage()));
    }
  }

  private void look() {
    for (Member member : shop.ended()) {
      if (missed.add(member)) {
        console.say(member + " has ended, which was not wanted; stop the demo and start it again");
      }
    }
  }

  Shop shop() {
    return shop;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    load.close();
    shop.close();
  }
}
