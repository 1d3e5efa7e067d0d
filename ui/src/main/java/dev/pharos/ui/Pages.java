package dev.pharos.ui;

import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves the built pages: each file under its name, and the one HTML page under every address that the UI knows.
/// Immutable; any thread.
///
/// Files with a digest in their name are kept by browsers for ever, the others are asked for again with their `ETag`.
/// Every reply carries a content security policy under which only scripts of this origin run, none of them inline.
/// Styles may be inline, since the query editor writes its own into the page.
public final class Pages {
  /// The addresses that docs/reference/ui.md lists.
  static final List<String> ADDRESSES =
      List.of(
          "/",
          "/services",
          "/services/{name}",
          "/map",
          "/traces",
          "/trace/{id}",
          "/logs",
          "/metrics",
          "/pipeline",
          "/connect");

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// The names of all files, one a line.
  private static final String LIST = "files.txt";

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final Map<String, PageFile> files;
  private final PageFile index;

  private Pages(Map<String, PageFile> files, PageFile index) {
    this.files = files;
    this.index = index;
  }

  /// Reads the pages that this module was built with; empty if it was built without them, by a compiler alone.
  ///
  /// @throws IllegalStateException if some of them are missing
  public static Optional<Pages> load() {
    if (Pages.class.getResource("pages/" + LIST) == null) {
      return Optional.empty();
    }
    Map<String, PageFile> files = new LinkedHashMap<>();
    for (String name : new String(read(LIST), StandardCharsets.UTF_8).split("\n")) {
      files.put(name, PageFile.of(name, read(name), read(name + ".gz")));
    }
    PageFile index = files.remove("index.html");
    if (index == null) {
      throw new IllegalStateException("the built pages have no index.html, only " + files.keySet());
    }
    return Optional.of(new Pages(files, index));
  }

  private static byte[] read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("pages/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the built pages lack pages/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A route for each file and each address.
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    files.forEach((name, file) -> routes.add(route("/" + name, file)));
    ADDRESSES.forEach(address -> routes.add(route(address, index)));
    return routes;
  }

  private static Route route(String path, PageFile file) {
    return HttpRoute.of("GET", path, (request, reply) -> send(file, request, reply));
  }

  private static void send(PageFile file, HttpRequest request, HttpReply reply) {
    boolean packs = takesGzip(request.headers().first("accept-encoding"));
    String tag = packs ? file.tag().replaceFirst("\"$", "-gz\"") : file.tag();
    reply
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", file.lasting() ? FOREVER : ASK_AGAIN)
        .header("Vary", "Accept-Encoding")
        .header("ETag", tag);
    if (request.headers().first("if-none-match").filter(known -> names(known, tag)).isPresent()) {
      reply.send(304, "", Body.EMPTY);
    } else if (packs) {
      reply.header("Content-Encoding", "gzip").send(200, file.contentType(), file.packed());
    } else {
      reply.send(200, file.contentType(), file.plain());
    }
  }

  /// Whether `gzip` is listed without being refused by `q=0`.
  private static boolean takesGzip(Optional<String> acceptEncoding) {
    for (String part : acceptEncoding.orElse("").split(",")) {
      String[] words = part.trim().split("\\s*;\\s*");
      if (words[0].equalsIgnoreCase("gzip")) {
        return words.length == 1 || !words[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static boolean names(String ifNoneMatch, String tag) {
    for (String known : ifNoneMatch.split(",")) {
      String bare = known.trim();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
