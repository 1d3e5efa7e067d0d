package dev.pharos.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The OpenTelemetry Java agent as it comes from its makers, and the settings that a service runs under it with.
///
/// @param jar the agent
/// @param otlp where it sends to, by HTTP
record Agent(Path jar, String otlp) {
  /// The system property that says where the agent is.
  static final String PROPERTY = "pharos.demo.agent";

  /// The agent's instrumentations that find something in the shop; looking for all of them doubles the time to start.
  private static final List<String> INSTRUMENTATIONS =
      List.of(
          "java-http-server", "java-http-client", "jdbc", "java-util-logging", "runtime-telemetry");

  /// @throws DemoException if there is no agent where the system property says
  static Agent sendingTo(String otlp) {
    Path jar = Path.of(System.getProperty(PROPERTY, ""));
    if (!Files.isRegularFile(jar)) {
      throw new DemoException(
          "no OpenTelemetry Java agent at \"" + jar + "\" (expected: started as ./pharos demo)");
    }
    return new Agent(jar.toAbsolutePath(), otlp);
  }

  /// The environment variables of a service. What a customer's request carries as baggage becomes attributes of each
  /// span and log record.
  Map<String, String> variables(Member member) {
    Map<String, String> all = new TreeMap<>();
    all.put("OTEL_SERVICE_NAME", member.service());
    all.put(
        "OTEL_RESOURCE_ATTRIBUTES",
        "service.version="
            + member.version()
            + ",service.instance.id="
            + member.instance()
            + ",deployment.environment.name=demo");
    all.put("OTEL_EXPORTER_OTLP_ENDPOINT", otlp);
    all.put("OTEL_SEMCONV_STABILITY_OPT_IN", "database");
    String baggage = String.join(",", Visit.BAGGAGE);
    all.put("OTEL_JAVA_EXPERIMENTAL_SPAN_ATTRIBUTES_COPY_FROM_BAGGAGE_INCLUDE", baggage);
    all.put("OTEL_JAVA_EXPERIMENTAL_LOG_ATTRIBUTES_COPY_FROM_BAGGAGE_INCLUDE", baggage);
    all.put("OTEL_METRIC_EXPORT_INTERVAL", "5000");
    all.put("OTEL_BSP_SCHEDULE_DELAY", "500");
    all.put("OTEL_BLRP_SCHEDULE_DELAY", "500");
    all.put("OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED", "false");
    for (String name : INSTRUMENTATIONS) {
      String variable = name.toUpperCase(Locale.ROOT).replace('-', '_');
      all.put("OTEL_INSTRUMENTATION_" + variable + "_ENABLED", "true");
    }
    return all;
  }
}
