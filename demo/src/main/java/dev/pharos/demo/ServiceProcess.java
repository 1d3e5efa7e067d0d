package dev.pharos.demo;

import dev.pharos.demo.service.Control;
import dev.pharos.demo.service.Service;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A service of the shop that runs in a small JVM of its own under the agent. Its standard input is a pipe from this
/// process: it takes orders from there, and ends when the pipe does, however that comes about. One thread.
final class ServiceProcess implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final long OBEY_SECONDS = 20;
  private static final long STOP_SECONDS = 3;
  private static final int LAST_LINES = 12;

  private final Member member;
  private final Process process;
  private final Writer orders;
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final Semaphore obeyed = new Semaphore(0);
  private final ArrayDeque<String> last = new ArrayDeque<>();

  private ServiceProcess(Member member, Process process) {
    this.member = member;
    this.process = process;
    orders = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("output of " + member).start(this::read);
  }

  static ServiceProcess start(Member member, Agent agent) {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-javaagent:" + agent.jar(),
            "-cp",
            placeOf(Service.class) + File.pathSeparator + placeOf(org.h2.Driver.class),
            Service.class.getName(),
            member.service(),
            member.version(),
            member.instance());
    builder.environment().keySet().removeIf(ServiceProcess::changesJava);
    builder.environment().putAll(agent.variables(member));
    try {
      return new ServiceProcess(member, builder.redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new DemoException(member + " cannot be started: " + e.getMessage());
    }
  }

  private static boolean changesJava(String variable) {
    return variable.startsWith("OTEL_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS");
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " has no place", e);
    }
  }

  private void read() {
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(Service.OBEYED)) {
          obeyed.release();
        }
        if (line.startsWith(Service.LISTENING)) {
          address.complete(
              URI.create("http://localhost:" + line.substring(Service.LISTENING.length())));
        }
        synchronized (last) {
          last.addLast(line);
          if (last.size() > LAST_LINES) {
            last.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
    address.completeExceptionally(new IOException("it ended"));
  }

  Member member() {
    return member;
  }

  long pid() {
    return process.pid();
  }

  /// Where it answers, once it does.
  ///
  /// @throws DemoException if it does not come to that
  URI address() {
    try {
      return address.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      synchronized (last) {
        throw new DemoException(member + " did not start:\n" + String.join("\n", last));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while " + member + " started");
    }
  }

  /// The exit code, if it has ended.
  Optional<Integer> ended() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  /// Returns once it is obeyed.
  ///
  /// @throws DemoException if it is not
  void tell(Control control) {
    try {
      orders.write(control.line() + "\n");
      orders.flush();
      if (!obeyed.tryAcquire(OBEY_SECONDS, TimeUnit.SECONDS)) {
        throw new DemoException(member + " does not obey: " + control.line());
      }
    } catch (IOException e) {
      throw new DemoException(member + " cannot be told " + control.line() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while " + member + " was told " + control.line());
    }
  }

  /// Lets it end, and makes it end if it takes too long.
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
