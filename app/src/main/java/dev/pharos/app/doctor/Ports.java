package dev.pharos.app.doctor;

/// The ports of the built-in configuration; tests take others.
record Ports(
    int health,
    int grpc,
    int http,
    int prometheus,
    int loki,
    int tempo,
    int jaeger,
    int metrics,
    int all) {
  static final Ports DEFAULT = new Ports(13133, 4317, 4318, 9090, 3100, 3200, 16686, 8888, 3000);
}
