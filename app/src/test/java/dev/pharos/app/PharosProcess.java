package dev.pharos.app;

import dev.pharos.transport.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The real product as a process of its own, started from this test's class path on free ports, and spoken to by its
/// listeners alone. It ends with the test that started it, whatever happens.
public final class PharosProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (\\S+) \\((.*)\\)");
  private static final long START_SECONDS = 60;

  /// Options with which it does not store what it tells of itself, for tests that count what is stored.
  static final List<String> WITHOUT_ITSELF =
      Stream.of("traces", "metrics", "logs")
          .flatMap(
              signal ->
                  Stream.of(
                      "--set",
                      "service::pipelines::" + signal + "/pharos::receivers=[otlp/pharos]"))
          .toList();

  private final Process process;
  private final Thread reader;
  private final Map<String, Address> addresses = new ConcurrentHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean started;

  private PharosProcess(Process process) {
    this.process = process;
    reader = Thread.ofPlatform().daemon().name("output of " + process.pid()).start(this::read);
  }

  /// Starts the built-in configuration on free ports and waits until it is ready.
  ///
  /// @param directory where it runs, and keeps its store in `data`
  /// @param more options of the command line
  static PharosProcess start(Path directory, String... more) {
    return startIn(List.of(), directory, List.of(more));
  }

  /// Starts it with a command line of its own.
  static PharosProcess startWith(Path directory, List<String> words) {
    return startWith(List.of(), directory, words);
  }

  /// The same as [#start] behind another command, which must become the product and not start it.
  static PharosProcess startIn(List<String> wrapper, Path directory, List<String> more) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(freePorts());
    words.addAll(more);
    return startWith(wrapper, directory, words);
  }

  /// Starts a program around it on free ports, and waits until it is ready.
  ///
  /// @param program options of the JVM, and the main class
  /// @param more words of the command line before those of Pharos
  public static PharosProcess startAs(List<String> program, Path directory, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(freePorts());
    return startProgram(List.of(), program, directory, words);
  }

  private static List<String> freePorts() {
    return Training.FREE_PORTS.stream().flatMap(setting -> Stream.of("--set", setting)).toList();
  }

  /// Starts it with these words as its command line, and waits until it is ready.
  private static PharosProcess startWith(List<String> wrapper, Path directory, List<String> words) {
    return startProgram(wrapper, List.of("dev.pharos.app.Main"), directory, words);
  }

  private static PharosProcess startProgram(
      List<String> wrapper, List<String> program, Path directory, List<String> words) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath()));
    command.addAll(program);
    command.addAll(words);
    try {
      Files.createDirectories(directory);
      var started =
          new PharosProcess(
              new ProcessBuilder(command)
                  .directory(directory.toFile())
                  .redirectErrorStream(true)
                  .start());
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Absolute, since the process runs elsewhere.
  private static String classPath() {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(java.io.File.pathSeparator, parts);
  }

  private void read() {
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          addresses.put(listening.group(2), Address.parse(listening.group(1)));
        }
        if (line.contains(" is ready after ")) {
          started = true;
          ready.countDown();
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("the output broke off: " + e.getMessage());
      }
    } finally {
      ready.countDown();
    }
  }

  private void awaitReady() {
    try {
      if (ready.await(START_SECONDS, TimeUnit.SECONDS) && started) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new AssertionError("Pharos did not become ready:\n" + String.join("\n", lines()));
  }

  /// Where a role of the start log is answered, such as `OTLP over HTTP` or `Loki API`.
  public Address address(String role) {
    Address address = addresses.get(role);
    if (address == null) {
      throw new AssertionError("nobody listens as " + role + ", only " + addresses);
    }
    return address;
  }

  /// The processes that it has started and that live.
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /// Writes a line to its standard input.
  public void type(String line) {
    try {
      var input = process.outputWriter(StandardCharsets.UTF_8);
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(String.join("\n", lines()), e);
    }
  }

  /// What it has written so far.
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /// The body of a GET that must succeed.
  public String get(HttpClient client, String role, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address(role) + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " -> " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path + "\n" + String.join("\n", lines()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Ends it as `kill -9` does, and waits until it is gone.
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
