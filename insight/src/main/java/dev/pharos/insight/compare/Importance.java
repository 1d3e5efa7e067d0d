package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Term.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which attribute is named where several differ alike: those of OpenTelemetry's semantic conventions that say what was
/// called and where it ran, by how far they narrow it down; then attributes of the application's own; then those that
/// name a single machine, process, thread or text. Stateless.
final class Importance {
  private static final List<String> FIRST =
      List.of(
          "service.name",
          "service.namespace",
          "service.version",
          "deployment.environment.name",
          "deployment.environment",
          "cloud.region",
          "cloud.availability_zone",
          "http.route",
          "rpc.service",
          "rpc.method",
          "messaging.destination.name",
          "db.system.name",
          "db.system",
          "db.namespace",
          "db.name",
          "db.collection.name",
          "db.sql.table",
          "db.operation.name",
          "db.operation",
          "db.query.summary",
          "peer.service",
          "server.address",
          "http.request.method",
          "messaging.system",
          "messaging.operation.name",
          "rpc.system",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.deployment.name",
          "feature_flag.key",
          "feature_flag.result.variant",
          "exception.type");

  private static final List<String> LAST =
      List.of(
          "k8s.node.name",
          "k8s.pod.name",
          "host.name",
          "service.instance.id",
          "container.name",
          "faas.instance",
          "server.port",
          "url.path",
          "url.full",
          "db.query.text",
          "db.statement",
          "user_agent.original",
          "exception.message",
          "client.address");

  /// Prefixes of what says least.
  private static final List<String> LEAST =
      List.of(
          "telemetry.",
          "otel.",
          "process.",
          "thread.",
          "os.",
          "host.",
          "container.",
          "k8s.pod.",
          "k8s.replicaset.",
          "network.",
          "net.",
          "client.",
          "code.");

  /// What says how a call failed and not where: consequences, if failed calls are compared.
  private static final Set<String> FAILURES =
      Set.of(
          "status",
          "error",
          "error.type",
          "error.message",
          "otel.status_code",
          "otel.status_description",
          "http.response.status_code",
          "http.status_code",
          "rpc.grpc.status_code",
          "rpc.response.status_code",
          "rpc.connect_rpc.error_code",
          "db.response.status_code",
          "db.response.error_code");

  private static final String EXCEPTION = "exception.";
  private static final int NAME = FIRST.size();
  private static final int OWN = NAME + 1;
  private static final Map<String, Integer> PLACES = new HashMap<>();

  static {
    for (int i = 0; i < FIRST.size(); i++) {
      PLACES.put(FIRST.get(i), i);
    }
    for (int i = 0; i < LAST.size(); i++) {
      PLACES.put(LAST.get(i), OWN + 1 + i);
    }
  }

  private Importance() {}

  /// The lesser, the sooner it is named.
  static int place(Attribute attribute) {
    if (attribute.scope() == Scope.INTRINSIC) {
      return attribute.equals(Tally.NAME) ? NAME : OWN + LAST.size() + 1;
    }
    Integer known = PLACES.get(attribute.key());
    if (known != null) {
      return known;
    }
    return LEAST.stream().anyMatch(attribute.key()::startsWith) ? OWN + LAST.size() + 1 : OWN;
  }

  static boolean isFailure(Attribute attribute) {
    return FAILURES.contains(attribute.key()) || attribute.key().startsWith(EXCEPTION);
  }
}
