package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.model.Signal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real process on a real file system that has no room left. Skipped where nobody may mount one, on CI too: the
/// store's tests fill their own disk everywhere.
@Timeout(120)
class FullDiskTest {
  private static final int UNAVAILABLE = 14;
  private static final int MEGABYTES = 32;
  private static final String PAD = "x".repeat(50_000);

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private final long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
  private final List<String> acknowledged = new ArrayList<>();
  private Optional<SmallDisk> disk = Optional.empty();
  private int sent;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.mount(directory.resolve("disk"), MEGABYTES);
    assumeTrue(disk.isPresent(), "this system does not let a user mount a small file system");
  }

  @AfterEach
  void unmount() {
    disk.ifPresent(SmallDisk::close);
  }

  private PharosProcess start(int minFreeMib) {
    List<String> options = new ArrayList<>(PharosProcess.WITHOUT_ITSELF);
    options.addAll(List.of("--data", directory.resolve("disk/data").toString()));
    options.addAll(List.of("--set", "extensions::store/pharos::min_free_mib=" + minFreeMib));
    return PharosProcess.startIn(disk.orElseThrow().command(), directory, options);
  }

  private OtlpWay.Answer send(PharosProcess pharos, OtlpWay way) {
    String trace = "%032x".formatted(++sent);
    String span =
        "{\"traceId\":\"%s\",\"spanId\":\"00000000000000aa\",\"name\":\"full\",\"startTimeUnixNano\":\"%d\",\"attributes\":[{\"key\":\"pad\",\"value\":{\"stringValue\":\"%s\"}}]}"
            .formatted(trace, now, sent + PAD);
    OtlpWay.Answer answer =
        way.send(
            pharos,
            Signal.TRACES,
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "]}]}]}");
    if (answer.code() == 0) {
      acknowledged.add(trace);
    }
    return answer;
  }

  private void assertAllAcknowledgedAreThere(PharosProcess pharos) {
    for (String trace : acknowledged) {
      assertThat(pharos.get(client, "Jaeger API", "/api/traces/" + trace))
          .contains("\"operationName\":\"full\"");
    }
  }

  private static long count(PharosProcess pharos, String part) {
    return pharos.lines().stream().filter(line -> line.contains(part)).count();
  }

  /// What was preallocated still has room for some requests.
  private void sendUntilRefused(PharosProcess pharos) {
    OtlpWay.Answer answer = send(pharos, OtlpWay.JSON);
    while (answer.code() == 0) {
      assertThat(sent).isLessThan(2000);
      answer = send(pharos, OtlpWay.JSON);
    }
    assertThat(answer.httpStatus()).isEqualTo(503);
    assertThat(answer.reason()).startsWith("the disk is full");
    for (OtlpWay way : OtlpWay.values()) {
      OtlpWay.Answer again = send(pharos, way);
      assertThat(again.code()).as(again.toString()).isEqualTo(UNAVAILABLE);
      assertThat(again.reason()).startsWith("the disk is full");
    }
  }

  private void sendUntilTaken(PharosProcess pharos) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (send(pharos, OtlpWay.GRPC).code() != 0) {
      assertThat(System.nanoTime()).as("taken within 30 s").isLessThan(until);
    }
  }

  @Test
  void refusesWithTheReasonLosesNothingAndGoesOnByItself() throws IOException {
    try (PharosProcess pharos = start(0)) {
      for (int i = 0; i < 10; i++) {
        assertThat(send(pharos, OtlpWay.values()[i % 3]).code()).isZero();
      }
      for (int round = 1; round <= 2; round++) {
        disk.orElseThrow().fill();
        sendUntilRefused(pharos);
        assertAllAcknowledgedAreThere(pharos);
        assertThat(count(pharos, "No room for taking traces")).isEqualTo(round);
        disk.orElseThrow().free();
        sendUntilTaken(pharos);
        assertThat(count(pharos, "There is room for taking traces again")).isEqualTo(round);
      }
      disk.orElseThrow().fill();
      sendUntilRefused(pharos);
      pharos.kill();
    }
    disk.orElseThrow().free();
    try (PharosProcess again = start(0)) {
      assertAllAcknowledgedAreThere(again);
      assertThat(send(again, OtlpWay.PROTOBUF).code()).isZero();
    }
  }

  @Test
  void stopsTakingWhileThereIsStillRoomToWork() throws IOException {
    try (PharosProcess pharos = start(256)) {
      assertThat(send(pharos, OtlpWay.JSON).code()).isZero();
      disk.orElseThrow().fill();
      OtlpWay.Answer refused = send(pharos, OtlpWay.JSON);
      assertThat(refused.httpStatus()).isEqualTo(503);
      assertThat(refused.reason()).contains("bytes are free (expected: at least ");
      disk.orElseThrow().free();
      sendUntilTaken(pharos);
      assertAllAcknowledgedAreThere(pharos);
    }
  }
}
