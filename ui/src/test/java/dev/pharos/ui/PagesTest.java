package dev.pharos.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+\\.(?:js|css))\"");
  private static final Pattern ROW = Pattern.compile("\\| `(/[^`]*)` \\|.*");

  private static Served server;

  @BeforeAll
  static void serve() {
    server = new Served(Pages.load().orElseThrow().routes());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static List<String> assets() {
    return ASSET.matcher(text(server.get("/"))).results().map(found -> found.group(1)).toList();
  }

  @Test
  void answersEveryAddressWithTheOnePage() {
    for (String address : Pages.ADDRESSES) {
      HttpResponse<byte[]> reply = server.get(address.replaceAll("\\{\\w+}", "4bf92f35"));

      assertThat(reply.statusCode()).as(address).isEqualTo(200);
      assertThat(reply.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(text(reply)).as(address).contains("<title>Pharos</title>");
    }
    assertThat(server.get("/nothing-here").statusCode()).isEqualTo(404);
  }

  @Test
  void letsNoInlineScriptRun() {
    HttpResponse<byte[]> reply = server.get("/logs");

    assertThat(reply.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
    assertThat(text(reply)).doesNotContainPattern("<script(?![^>]* src=)[^>]*>");
    assertThat(reply.headers().firstValue("x-content-type-options")).hasValue("nosniff");
  }

  @Test
  void keepsFilesWithADigestForEverAndAsksAgainForTheOthers() {
    assertThat(assets()).isNotEmpty();
    for (String asset : assets()) {
      assertThat(asset).matches("/assets/.+-[\\w-]{8}\\.\\w+");
      assertThat(server.get(asset).headers().firstValue("cache-control"))
          .hasValue("public, max-age=31536000, immutable");
    }
    assertThat(server.get("/").headers().firstValue("cache-control")).hasValue("no-cache");
    assertThat(server.get("/theme.js").headers().firstValue("cache-control")).hasValue("no-cache");
  }

  @Test
  void answersAKnownTagWithoutABody() {
    String tag = server.get("/theme.js").headers().firstValue("etag").orElseThrow();

    HttpResponse<byte[]> again = server.get("/theme.js", "If-None-Match", "\"other\", W/" + tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(server.get("/theme.js", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void sendsThePackedFormWhereItIsTakenUnderATagOfItsOwn() throws IOException {
    String asset = assets().getFirst();
    HttpResponse<byte[]> plain = server.get(asset);
    HttpResponse<byte[]> packed = server.get(asset, "Accept-Encoding", "br, gzip;q=0.5");

    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValue("etag"))
        .isNotEqualTo(plain.headers().firstValue("etag"));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.body());
    }
    assertThat(server.get(asset, "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void documentsEveryAddressAndNoOther() throws IOException {
    Set<String> documented =
        Files.readAllLines(page()).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(new TreeSet<>(Pages.ADDRESSES));
  }

  private static Path page() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path page = at.resolve("docs/reference/ui.md");
      if (Files.exists(page)) {
        return page;
      }
    }
    throw new IllegalStateException(
        "docs/reference/ui.md is nowhere above " + Path.of("").toAbsolutePath());
  }
}
