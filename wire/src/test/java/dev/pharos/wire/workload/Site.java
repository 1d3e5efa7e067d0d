package dev.pharos.wire.workload;

import java.util.List;

/// The ticketing site that sends the traces and logs: five services of four instances each.
final class Site {
  static final List<String> SERVICES =
      List.of("rail-portal", "rail-timetable", "rail-seating", "rail-fares", "rail-billing");
  static final int INSTANCES = 4;
  static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "GET", "POST", "PATCH");

  /// Each route with the path that fits it, up to the number.
  static final List<String[]> ROUTES =
      List.of(
          new String[] {"/v2/journeys/{id}", "/v2/journeys/"},
          new String[] {"/v2/stations/{id}/departures", "/v2/stations/"},
          new String[] {"/v2/reservations/{id}", "/v2/reservations/"},
          new String[] {"/v2/reservations/{id}/seats", "/v2/reservations/seats/"},
          new String[] {"/v2/passengers/{id}/wallet", "/v2/passengers/"},
          new String[] {"/v2/invoices", "/v2/invoices?booking="},
          new String[] {"/v2/search", "/v2/search?from=st-"},
          new String[] {"/v2/discounts", "/v2/discounts?passenger="});

  static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101",
          "Dart/3.9 (dart:io)",
          "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36",
          "Apache-HttpClient/5.5 (Java/25)");

  private Site() {}

  /// Writes the Resource of an instance as field 1 of the group.
  static void resource(TemplateWriter out, int service, int instance) {
    String name = SERVICES.get(service);
    out.message(
        1,
        () -> {
          out.attribute(1, "service.name", name);
          out.attribute(1, "service.version", "4.7." + instance % 2);
          out.attribute(1, "service.instance.id", name + "-58d7c4f6b9-" + pod(service, instance));
          out.attribute(1, "deployment.environment.name", "production");
          out.attribute(1, "host.name", "worker-" + (3 + instance * 5) + ".eu-west.internal");
          out.attribute(1, "telemetry.sdk.language", "java");
        });
  }

  private static String pod(int service, int instance) {
    return Integer.toString(60_466_176 + service * 911_503 + instance * 77_777, 36);
  }

  static <T> T pick(Stamps random, List<T> of) {
    return of.get(random.below(of.size()));
  }
}
