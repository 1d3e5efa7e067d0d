package dev.pharos.components.otlp;

import dev.pharos.model.Signal;

/// Where OTLP requests of each signal go: gRPC methods and default HTTP paths.
public final class OtlpMethods {
  private OtlpMethods() {}

  /// `package.Service/Method`.
  public static String grpc(Signal signal) {
    return switch (signal) {
      case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService/Export";
      case METRICS -> "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
      case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService/Export";
    };
  }

  /// `/v1/traces` and so on.
  public static String path(Signal signal) {
    return "/v1/" + signal.label();
  }
}
