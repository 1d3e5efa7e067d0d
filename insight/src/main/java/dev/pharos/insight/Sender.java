package dev.pharos.insight;

import dev.pharos.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Resource that sends spans: one run of one instance of a service. Empty texts stand for what it does not say.
///
/// @param instance `service.instance.id`, else the name of the pod, host or container
/// @param attributes of the Resource that are texts or numbers, by key
record Sender(
    String service,
    String version,
    String instance,
    String language,
    Map<String, String> attributes) {
  /// The attribute that tells instances of a service apart.
  static final String INSTANCE_ID = "service.instance.id";

  static final String VERSION = "service.version";
  static final String SERVICE = "service.name";

  private static final List<String> INSTANCE =
      List.of(INSTANCE_ID, "k8s.pod.name", "container.id", "host.name");

  /// @param resource its attributes
  static Sender of(Labels resource) {
    Map<String, String> attributes = new TreeMap<>();
    resource.forEach(attributes::put);
    return new Sender(
        resource.get(SERVICE),
        resource.get(VERSION),
        INSTANCE.stream()
            .filter(attributes::containsKey)
            .findFirst()
            .map(attributes::get)
            .orElse(""),
        resource.get("telemetry.sdk.language"),
        attributes);
  }

  /// The key of the attribute that [#instance] was taken from; empty without one.
  String instanceKey() {
    return INSTANCE.stream().filter(attributes::containsKey).findFirst().orElse("");
  }
}
