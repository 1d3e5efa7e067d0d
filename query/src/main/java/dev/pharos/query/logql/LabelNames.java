package dev.pharos.query.logql;

import java.util.List;
import java.util.Set;

/// The names under which Loki shows OpenTelemetry attributes: which attributes of a Resource are labels of its
/// stream, where a missing service name is found, and how a key becomes a name. Stateless.
public final class LabelNames {
  /// Resource attributes that are labels of the stream; all others are structured metadata.
  public static final Set<String> INDEXED =
      Set.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "k8s.replicaset.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name",
          "container.name");

  public static final String SERVICE_NAME = "service_name";
  public static final String UNKNOWN_SERVICE = "unknown_service";
  public static final String ERROR = "__error__";
  public static final String ERROR_DETAILS = "__error_details__";
  public static final String DETECTED_LEVEL = "detected_level";
  public static final String TRACE_ID = "trace_id";
  public static final String SPAN_ID = "span_id";

  /// Where the name of a service is looked for when `service.name` is missing, in this order: keys of a Resource.
  static final List<String> SERVICE_SOURCES =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "app.name",
          "name",
          "app_kubernetes_io_name",
          "app.kubernetes.io/name",
          "container",
          "container_name",
          "container.name",
          "k8s_container_name",
          "k8s.container.name",
          "component",
          "workload",
          "job",
          "k8s_job_name",
          "k8s.job.name");

  private LabelNames() {}

  /// The key with `_` for each character outside `[A-Za-z0-9_]`.
  public static String sanitize(String key) {
    int i = 0;
    while (i < key.length() && isPlain(key.charAt(i))) {
      i++;
    }
    if (i == key.length()) {
      return key;
    }
    var out = new StringBuilder(key.length());
    for (i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!Character.isLowSurrogate(c)) {
        out.append(isPlain(c) ? c : '_');
      }
    }
    return out.toString();
  }

  /// A name read from a line: sanitised, without blanks around it, and never beginning with a digit.
  static String ofField(String key) {
    String name = sanitize(key.strip());
    return !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9' ? "_" + name : name;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
