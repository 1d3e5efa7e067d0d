package dev.pharos.api;

import dev.pharos.query.QueryException;
import dev.pharos.transport.HttpHandler;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import java.util.ArrayList;
import java.util.List;

/// The routes of one API while they are gathered: their replies are compressed where clients take it, and every error
/// of a query or parameter is told in the API's own form. One thread.
public final class ApiRoutes {
  private final String prefix;
  private final Errors errors;
  private final List<Route> routes = new ArrayList<>();

  /// @param prefix of all paths, without a trailing slash; may be empty
  public ApiRoutes(String prefix, Errors errors) {
    this.prefix = prefix;
    this.errors = errors;
  }

  /// @param methods as [HttpRoute#of] takes them
  /// @param path after the prefix
  public ApiRoutes add(String methods, String path, HttpHandler answer) {
    routes.add(
        HttpRoute.of(
                methods,
                prefix + path,
                (request, reply) -> {
                  try {
                    answer.handle(request, reply);
                  } catch (QueryException e) {
                    errors.query(reply, e.error());
                  } catch (IllegalArgumentException e) {
                    errors.parameter(reply, String.valueOf(e.getMessage()));
                  }
                })
            .withCompressedReplies());
    return this;
  }

  public ApiRoutes get(String path, HttpHandler answer) {
    return add("GET", path, answer);
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
