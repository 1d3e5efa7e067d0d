package dev.pharos.demo;

import dev.pharos.transport.Address;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The entry point of `pharos demo`: runs Pharos as its own entry point does, and opens the shop once it is ready. The
/// exit codes are Pharos' own.
public final class Main {
  private Main() {}

  public static void main(String... words) {
    System.exit(run(words));
  }

  private static int run(String... words) {
    try {
      DemoCommandLine line = DemoCommandLine.parse(RandomGenerator.getDefault(), words);
      if (line.help()) {
        System.out.print(DemoCommandLine.usage());
        return 0;
      }
      if (line.data().isEmpty()) {
        DataDirectory.clear(Path.of(DataDirectory.DEFAULT));
      }
      List<String> pharos = new ArrayList<>(List.of("run", "--data"));
      pharos.add(line.data().orElse(DataDirectory.DEFAULT));
      pharos.addAll(line.pharos());
      return dev.pharos.app.Main.run(
          listening -> open(line, listening), pharos.toArray(String[]::new));
    } catch (DemoException e) {
      System.err.println("pharos demo: " + e.getMessage());
      return 1;
    }
  }

  /// @param listening addresses by role
  private static void open(DemoCommandLine line, Map<String, Address> listening) {
    var console = new Console(System.out);
    Demo demo =
        Demo.start(line, console, url(listening, "OTLP over HTTP"), url(listening, "UI, all APIs"));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
    var input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    Thread.ofPlatform().daemon().name("commands").start(() -> console.obey(input, demo.shop()));
  }

  private static String url(Map<String, Address> listening, String role) {
    Address address = listening.get(role);
    if (address == null) {
      throw new DemoException("nothing listens as \"" + role + "\", only as " + listening.keySet());
    }
    boolean everywhere = Set.of("", "0.0.0.0", "::").contains(address.host());
    return "http://" + new Address(everywhere ? "localhost" : address.host(), address.port());
  }
}
