package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Kind;
import dev.pharos.api.pharos.PipelineState.Missing;
import dev.pharos.api.pharos.PipelineState.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static Node receiver(long received, long accepted, long refused) {
    return new Node(
        "receiver/otlp",
        Kind.RECEIVER,
        "otlp",
        "",
        "",
        "",
        OptionalLong.of(received),
        OptionalLong.of(accepted),
        OptionalLong.empty(),
        Map.of("full", refused),
        Optional.empty(),
        Optional.empty());
  }

  private static Edge edge(long offered, long delivered, long dropped, long waiting) {
    return new Edge(
        "receiver/otlp",
        "exporter/far",
        "logs",
        offered,
        delivered,
        Map.of("full", dropped),
        waiting);
  }

  private static List<Missing> still(Node node, Edge edge) {
    return new Books(List.of(node), List.of(edge)).missing(List.of(node), List.of(edge));
  }

  @Test
  void addsUpWithWhatIsOnItsWay() {
    assertThat(still(receiver(10, 6, 1), edge(9, 6, 0, 3))).isEmpty();
  }

  @Test
  void namesTheReceiverThatLostItems() {
    assertThat(still(receiver(10, 6, 0), edge(9, 6, 0, 3)))
        .containsExactly(new Missing("receiver/otlp", "", "", 4));
    assertThat(still(receiver(10, 9, 2), edge(9, 9, 0, 0)))
        .containsExactly(new Missing("receiver/otlp", "", "", -1));
  }

  @Test
  void namesTheEdgeThatLostItems() {
    assertThat(still(receiver(10, 10, 0), edge(10, 6, 1, 1)))
        .containsExactly(new Missing("receiver/otlp", "exporter/far", "logs", 2));
  }

  @Test
  void forgivesWhatMovesBetweenReadings() {
    var books = new Books(List.of(receiver(10, 10, 0)), List.of(edge(10, 10, 0, 0)));
    var node = List.of(receiver(15, 11, 0));
    assertThat(books.missing(node, List.of(edge(15, 11, 0, 2)))).isEmpty();
    assertThat(books.missing(node, List.of(edge(30, 11, 0, 2)))).isEmpty();
    assertThat(books.missing(node, List.of(edge(10, 4, 0, 0)))).hasSize(1);
  }
}
