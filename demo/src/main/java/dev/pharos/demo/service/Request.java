package dev.pharos.demo.service;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one service asks of another: a method, a path, and parameters by name, which travel in the query of the URL.
public record Request(String method, String path, Map<String, String> parameters) {
  public Request {
    parameters = Map.copyOf(parameters);
  }

  static Request of(String method, URI uri) {
    Map<String, String> parameters = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return new Request(method, uri.getPath(), parameters);
  }

  /// The same parameters asked for otherwise.
  Request to(String otherMethod, String otherPath) {
    return new Request(otherMethod, otherPath, parameters);
  }

  /// The value of a parameter.
  ///
  /// @throws IllegalArgumentException if it is not there
  String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(method + " " + path + " lacks parameter " + name);
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(parameter(name));
  }

  public URI at(URI service) {
    String query =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .map(
                    one ->
                        one.getKey()
                            + "="
                            + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    return service.resolve(path + "?" + query);
  }
}
