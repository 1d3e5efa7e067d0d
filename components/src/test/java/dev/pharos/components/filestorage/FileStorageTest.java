package dev.pharos.components.filestorage;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.components.otlp.exporter.OtlpHttpConfig;
import dev.pharos.components.otlp.exporter.OtlpHttpExporter;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.OtlpCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An OTLP exporter whose sending queue is on disk, with a backend that comes and goes.
@Timeout(60)
class FileStorageTest {
  @TempDir Path directory;

  private final Transport transport = Transport.open(2);
  private final Ledger ledger = new Ledger(64 << 20);
  private final Account queued = ledger.open("queued", 1);
  private final Set<String> arrived = new ConcurrentSkipListSet<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean well = true;
  private final Listening backend =
      transport.listen(
          Listener.of(new Address("127.0.0.1", 0), HttpRoute.of("POST", "/v1/logs", this::answer)));

  @AfterEach
  void close() {
    transport.close();
  }

  private void answer(HttpRequest request, HttpReply reply) {
    requests.incrementAndGet();
    if (!well) {
      reply.sendText(503, "away");
      return;
    }
    Body body = request.body();
    var logs =
        OtlpCodec.LOGS.decode(body.array(), body.offset(), body.offset() + body.length()).batch();
    for (int row = 0; row < logs.rows(); row++) {
      arrived.add(Long.toString(logs.timeNanos()[row]));
    }
    reply.send(200, "", Body.EMPTY);
  }

  /// A storage and an exporter over it, as one process has them.
  private record Process(FileStorage storage, Exporter exporter) implements AutoCloseable {
    Answer give(int first, int count) {
      var answer = new Answer();
      exporter
          .sinks()
          .logs()
          .orElseThrow()
          .accept(
              Parcel.of(
                  Samples.logs(first, count),
                  Tenant.DEFAULT,
                  RequestKey.NONE,
                  answer.acknowledgement()));
      return answer;
    }

    @Override
    public void close() {
      exporter.stop();
      storage.stop();
    }
  }

  private FileStorage storage(Path where, boolean create) {
    return new FileStorage("file_storage", new FileStorageConfig(where.toString(), create));
  }

  private Process process(Path where, String more) {
    FileStorage storage = storage(where, true);
    storage.start();
    var found =
        new Setup.Extensions() {
          @Override
          public <E extends Extension> E find(Class<E> type, Optional<ComponentId> id) {
            return type.cast(storage);
          }
        };
    Setup plain = setup("otlp_http", new Registry());
    var setup = new Setup(plain.id(), plain.position(), plain.registry(), plain.clock(), found);
    Exporter exporter =
        new OtlpHttpExporter(transport, queued)
            .create(
                setup,
                config(
                    OtlpHttpConfig.SCHEMA,
                    """
                    {endpoint: "http://%s", compression: none,
                     retry_on_failure: {initial_interval: 1ms, max_interval: 5ms, max_elapsed_time: 0s},
                     sending_queue: {storage: file_storage%s}}"""
                        .formatted(backend.address(), more)));
    exporter.start();
    return new Process(storage, exporter);
  }

  @Test
  void answersOnceOnDiskAndSendsInTheBackground() throws Exception {
    try (Process process = process(directory, "")) {
      assertThat(process.exporter.durability()).isEqualTo(Durability.DURABLE);
      assertThat(process.give(0, 5).get()).isEqualTo(Outcome.ACCEPTED);
      eventually(() -> arrived.size() == 5);
      eventually(() -> queued.usedBytes() == 0);
    }
    requests.set(0);
    try (Process again = process(directory, "")) {
      assertThat(again.give(5, 1).get()).isEqualTo(Outcome.ACCEPTED);
      eventually(() -> arrived.size() == 6);
    }
    assertThat(requests).as("what was sent is not sent again").hasValue(1);
  }

  @Test
  void sendsAfterARestartWhatABackendThatWasAwayDidNotGet() throws Exception {
    well = false;
    try (Process process = process(directory, "")) {
      for (int i = 0; i < 20; i++) {
        assertThat(process.give(3 * i, 3).get()).isEqualTo(Outcome.ACCEPTED);
      }
      eventually(() -> requests.get() > 10);
    }
    assertThat(queued.usedBytes()).isZero();
    assertThat(arrived).isEmpty();
    well = true;
    try (Process again = process(directory, "")) {
      eventually(() -> arrived.size() == 60);
      assertThat(again.exporter.durability()).isEqualTo(Durability.DURABLE);
    }
  }

  @Test
  void sendsAtLeastOnceWhatAProcessThatWasKilledHadAnswered() throws Exception {
    well = false;
    Process killed = process(directory.resolve("killed"), "");
    for (int i = 0; i < 20; i++) {
      assertThat(killed.give(3 * i, 3).get()).isEqualTo(Outcome.ACCEPTED);
    }
    // What a kill leaves is what the files hold now.
    Path copy = directory.resolve("copy");
    try (var files = Files.walk(directory.resolve("killed"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(directory.resolve("killed").relativize(file).toString()));
      }
    }
    try (Process next = process(copy, "")) {
      well = true;
      eventually(() -> arrived.size() == 60);
      assertThat(next.give(60, 1).get()).isEqualTo(Outcome.ACCEPTED);
      eventually(() -> arrived.size() == 61);
    }
    killed.close();
  }

  @Test
  void refusesWhatTheQueueCannotHold() throws Exception {
    well = false;
    try (Process process = process(directory, ", queue_size: 2, num_consumers: 1")) {
      assertThat(process.give(0, 1).get()).isEqualTo(Outcome.ACCEPTED);
      assertThat(process.give(1, 1).get()).isEqualTo(Outcome.ACCEPTED);
      assertThat(process.give(2, 1).get().failure().orElseThrow().cause())
          .isEqualTo(Cause.QUEUE_FULL);
      well = true;
      eventually(() -> arrived.size() == 2);
      eventually(() -> queued.usedBytes() == 0);
      assertThat(process.give(3, 1).get()).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(process(directory, "").give(4, 1).get()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void givesUpFilesOfWhatWasSent() throws Exception {
    try (Process process = process(directory, "")) {
      for (int i = 0; i < 200; i++) {
        assertThat(process.give(500 * i, 500).get()).isEqualTo(Outcome.ACCEPTED);
      }
      eventually(() -> arrived.size() == 100_000);
      eventually(() -> queued.usedBytes() == 0);
      assertThat(process.give(200_000, 1).get()).isEqualTo(Outcome.ACCEPTED);
    }
    try (var files = Files.walk(directory)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes).isLessThan(40 << 20);
    }
  }

  @Test
  void saysThatTheDirectoryIsMissingOrTaken() {
    assertThatThrownBy(() -> storage(directory.resolve("none"), false).start())
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("does not exist")
        .hasMessageContaining("create_directory");
    FileStorage first = storage(directory, false);
    first.start();
    assertThatThrownBy(() -> storage(directory, false).start())
        .isInstanceOf(ComponentException.class);
    first.stop();
  }
}
