package dev.pharos.app.doctor;

import dev.pharos.pipeline.config.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Checks the variables by which an OpenTelemetry SDK is configured (OpenTelemetry specification, "Environment Variable
/// Specification" and "OTLP Exporter Configuration"), as far as one can tell without the SDK. Stateless.
final class SdkEnvironment {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  private static final List<String> SIGNALS = List.of("TRACES", "METRICS", "LOGS");

  private SdkEnvironment() {}

  /// Findings about what is set; none where no variable is.
  static List<Finding> check(Environment environment) {
    List<Finding> findings = new ArrayList<>();
    off(environment, findings);
    endpoint(environment, ENDPOINT, protocol(environment, PROTOCOL), true, findings);
    for (String signal : SIGNALS) {
      String own = "OTEL_EXPORTER_OTLP_" + signal;
      Optional<String> protocol =
          protocol(environment, own + "_PROTOCOL").or(() -> protocol(environment, PROTOCOL));
      endpoint(environment, own + "_ENDPOINT", protocol, false, findings);
    }
    if (!findings.isEmpty() || environment.lookup("OTEL_SERVICE_NAME").isPresent()) {
      name(environment, findings);
    }
    return findings;
  }

  private static Optional<String> protocol(Environment environment, String name) {
    return environment.lookup(name).filter(text -> !text.isBlank()).map(String::strip);
  }

  private static void off(Environment environment, List<Finding> findings) {
    if (is(environment, "OTEL_SDK_DISABLED", "true")) {
      findings.add(
          Finding.wrong("OTEL_SDK_DISABLED=true: the SDK sends nothing", "unset the variable"));
    }
    if (is(environment, "OTEL_TRACES_SAMPLER", "always_off")) {
      findings.add(
          Finding.wrong(
              "OTEL_TRACES_SAMPLER=always_off: no trace is recorded",
              "set it to parentbased_always_on"));
    }
    for (String signal : SIGNALS) {
      String exporter = "OTEL_" + signal + "_EXPORTER";
      if (is(environment, exporter, "none")) {
        findings.add(
            Finding.note(exporter + "=none: this signal is not sent", "set it to otlp to send it"));
      }
    }
  }

  private static boolean is(Environment environment, String name, String value) {
    return environment
        .lookup(name)
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).equals(value))
        .isPresent();
  }

  /// @param base whether the SDK appends `/v1/traces` and the like over HTTP
  private static void endpoint(
      Environment environment,
      String name,
      Optional<String> protocol,
      boolean base,
      List<Finding> findings) {
    String value = environment.lookup(name).orElse("").strip();
    if (value.isEmpty()) {
      return;
    }
    String said = name + "=" + value;
    int before = findings.size();
    if (!value.startsWith("http://") && !value.startsWith("https://")) {
      findings.add(
          Finding.wrong(
              said + " has no scheme, which most SDKs refuse", "write http://" + value + " there"));
    }
    boolean grpc = protocol.filter(text -> text.equals("grpc")).isPresent();
    boolean http = protocol.filter(text -> text.startsWith("http/")).isPresent();
    if (value.contains(":4317") && http) {
      findings.add(
          Finding.wrong(
              said + " is the port of gRPC, and the protocol is " + protocol.orElse(""),
              "use port 4318, or set " + PROTOCOL + "=grpc"));
    }
    if (value.contains(":4318") && grpc) {
      findings.add(
          Finding.wrong(
              said + " is the port of HTTP, and the protocol is grpc",
              "use port 4317, or set " + PROTOCOL + "=http/protobuf"));
    }
    boolean path = value.matches(".*/v1/(traces|metrics|logs)/?");
    if (base && path) {
      findings.add(
          Finding.wrong(
              said + " ends in the path of one signal, to which SDKs append it once more",
              "leave the path out"));
    }
    if (!base && !path && !grpc && value.contains(":4318")) {
      findings.add(
          Finding.wrong(
              said + " lacks its path: SDKs take this variable as it is",
              "append /v1/"
                  + name.replaceAll("OTEL_EXPORTER_OTLP_|_ENDPOINT", "").toLowerCase(Locale.ROOT)));
    }
    if (findings.size() == before) {
      findings.add(Finding.ok(said));
    }
  }

  private static void name(Environment environment, List<Finding> findings) {
    boolean named =
        environment.lookup("OTEL_SERVICE_NAME").filter(text -> !text.isBlank()).isPresent()
            || environment
                .lookup("OTEL_RESOURCE_ATTRIBUTES")
                .filter(text -> text.contains("service.name="))
                .isPresent();
    if (!named) {
      findings.add(
          Finding.note(
              "neither OTEL_SERVICE_NAME nor service.name is set: the service will be unknown_service",
              "set OTEL_SERVICE_NAME"));
    }
  }
}
