package dev.pharos.insight.digest;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Resource that sends spans: one run of one instance of a service. Empty texts stand for what it does not say.
///
/// @param instance `service.instance.id`, else the name of the pod, host or container
/// @param attributes of the Resource that are texts or numbers, by key
public record Sender(
    String service,
    String version,
    String instance,
    String language,
    Map<String, String> attributes) {
  /// The attribute that tells instances of a service apart.
  public static final String INSTANCE_ID = "service.instance.id";

  public static final String VERSION = "service.version";
  public static final String SERVICE = "service.name";

  private static final List<String> INSTANCE =
      List.of(INSTANCE_ID, "k8s.pod.name", "container.id", "host.name");

  static Sender of(ResourceTable resources, Symbols symbols, int row) {
    var texts = new TreeMap<String, String>();
    AttributeRows attributes = resources.attributes();
    for (int i = attributes.from(row); i < attributes.to(row); i++) {
      String key = symbols.text(attributes.key(i));
      long value = attributes.value(i);
      if (attributes.type(i) == ValueType.STRING) {
        texts.putIfAbsent(key, symbols.text((int) value));
      } else if (attributes.type(i) == ValueType.INT) {
        texts.putIfAbsent(key, Long.toString(value));
      }
    }
    return new Sender(
        texts.getOrDefault(SERVICE, ""),
        texts.getOrDefault(VERSION, ""),
        INSTANCE.stream().filter(texts::containsKey).findFirst().map(texts::get).orElse(""),
        texts.getOrDefault("telemetry.sdk.language", ""),
        texts);
  }

  /// The key of the attribute that [#instance] was taken from; empty without one.
  public String instanceKey() {
    return INSTANCE.stream().filter(attributes::containsKey).findFirst().orElse("");
  }
}
