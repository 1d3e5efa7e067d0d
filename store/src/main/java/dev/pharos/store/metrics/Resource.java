package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import org.jspecify.annotations.Nullable;

/// A Resource behind series: its attributes under their original keys, and what Prometheus makes of them. Only the
/// head's writer touches what changes.
final class Resource {
  static final String SERVICE_NAME = "service.name";
  static final String SERVICE_NAMESPACE = "service.namespace";
  static final String SERVICE_INSTANCE = "service.instance.id";

  private final Labels attributes;
  private final String job;
  private final boolean hasTargetInfo;
  private @Nullable HeadSeries targetInfo;
  private long usedMillis;

  Resource(Labels attributes) {
    this.attributes = attributes;
    String name = attributes.get(SERVICE_NAME);
    String namespace = attributes.get(SERVICE_NAMESPACE);
    job = name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name;
    hasTargetInfo = !(job.isEmpty() && instance().isEmpty()) && describesMore();
  }

  private boolean describesMore() {
    for (int i = 0; i < attributes.size(); i++) {
      if (!isIdentifying(attributes.name(i))) {
        return true;
      }
    }
    return false;
  }

  Labels attributes() {
    return attributes;
  }

  /// The label `job`, or `""`.
  String job() {
    return job;
  }

  /// The label `instance`, or `""`.
  String instance() {
    return attributes.get(SERVICE_INSTANCE);
  }

  static boolean isIdentifying(String key) {
    return key.equals(SERVICE_NAME)
        || key.equals(SERVICE_NAMESPACE)
        || key.equals(SERVICE_INSTANCE);
  }

  /// Whether `target_info` is written for it: something names it and something else describes it.
  boolean hasTargetInfo() {
    return hasTargetInfo;
  }

  @Nullable HeadSeries targetInfo() {
    return targetInfo;
  }

  void targetInfo(HeadSeries series) {
    targetInfo = series;
  }

  /// Forgets a series that leaves the head.
  void forgetIdle(long sinceMillis) {
    if (targetInfo != null && targetInfo.isIdle(sinceMillis)) {
      targetInfo = null;
    }
  }

  void used(long millis) {
    usedMillis = millis;
  }

  long usedMillis() {
    return usedMillis;
  }
}
