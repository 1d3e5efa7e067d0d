package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.transport.HttpFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final String METHOD = "test.v1.Service/Do";
  private static final Certificates CA = new Certificates("test authority");
  private static final Certificates.Identity SERVER = CA.issue("server");
  private static final ServerTls SERVER_TLS = ServerTls.of(SERVER.certificate(), SERVER.key());
  private static final ClientTls TRUSTING = ClientTls.DEFAULT.withCa(CA.issuer());

  private static Loopback serve(ServerTls tls) {
    HttpHandler http =
        (request, reply) -> reply.sendText(200, request.secure() + " " + request.peerPrincipal());
    GrpcHandler grpc =
        (request, reply) -> reply.send(Body.of(request.secure() + " " + request.peerPrincipal()));
    Route[] routes = {HttpRoute.of("GET", "/x", http), GrpcRoute.of(METHOD, grpc)};
    return new Loopback(Listener.of(new Address("127.0.0.1", 0), routes).withTls(tls));
  }

  private static HttpClient http(Loopback server, ClientTls tls) {
    return server.transport.httpClient(HttpClientSettings.DEFAULT.withTls(tls));
  }

  private static String get(Loopback server, ClientTls tls) throws Exception {
    try (HttpClient client = http(server, tls)) {
      return Loopback.get(client.send(HttpCall.get(server.uri("/x")))).body().text();
    }
  }

  private static HttpFailure failure(Loopback server, ClientTls tls) throws Exception {
    try (HttpClient client = http(server, tls)) {
      return Loopback.httpFailure(client.send(HttpCall.get(server.uri("/x"))));
    }
  }

  @Test
  void speaksHttp2AndGrpcOverTls() throws Exception {
    try (var server = serve(SERVER_TLS)) {
      assertThat(get(server, TRUSTING)).isEqualTo("true Optional.empty");
      var settings = GrpcClientSettings.of(server.listening.address()).withTls(TRUSTING);
      try (GrpcClient client = server.transport.grpcClient(settings)) {
        assertThat(Loopback.get(client.call(GrpcCall.of(METHOD, Body.EMPTY))).text())
            .isEqualTo("true Optional.empty");
      }
    }
  }

  @Test
  void speaksHttp11OverTlsToClientsWithoutAlpn() throws Exception {
    try (var server = serve(SERVER_TLS)) {
      var context = javax.net.ssl.SSLContext.getInstance("TLS");
      var store = java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca",
          java.security.cert.CertificateFactory.getInstance("X.509")
              .generateCertificate(new java.io.ByteArrayInputStream(CA.issuer().read())));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      context.init(null, trust.getTrustManagers(), null);
      try (java.net.http.HttpClient client =
          java.net.http.HttpClient.newBuilder()
              .sslContext(context)
              .version(java.net.http.HttpClient.Version.HTTP_1_1)
              .build()) {
        var answer =
            client.send(
                java.net.http.HttpRequest.newBuilder(server.uri("/x")).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
        assertThat(answer.body()).isEqualTo("true Optional.empty");
      }
    }
  }

  @Test
  void refusesAServerThatIsNotTrusted() throws Exception {
    try (var server = serve(SERVER_TLS)) {
      HttpFailure untrusted =
          failure(server, ClientTls.DEFAULT.withCa(new Certificates("other").issuer()));
      assertThat(untrusted.kind()).isEqualTo(Kind.TLS);
      assertThat(failure(server, TRUSTING.withServerName("elsewhere.example")).kind())
          .isEqualTo(Kind.TLS);
      assertThat(get(server, TRUSTING.withServerName("localhost"))).startsWith("true");
      assertThat(get(server, ClientTls.DEFAULT.withInsecureSkipVerify())).startsWith("true");
    }
  }

  @Test
  void namesTheClientOfMutualTlsAndRefusesOthers() throws Exception {
    Certificates clients = new Certificates("client authority");
    Certificates.Identity known = clients.issue("agent 7");
    Certificates.Identity stranger = new Certificates("stranger").issue("agent 7");
    try (var server = serve(SERVER_TLS.withClientCa(clients.issuer()))) {
      assertThat(get(server, TRUSTING.withIdentity(known.certificate(), known.key())))
          .isEqualTo("true Optional[CN=agent 7]");
      assertThat(failure(server, TRUSTING).kind()).isIn(Kind.TLS, Kind.BROKEN);
      assertThat(
              failure(server, TRUSTING.withIdentity(stranger.certificate(), stranger.key())).kind())
          .isIn(Kind.TLS, Kind.BROKEN);
    }
  }

  @Test
  void refusesVersionsBelowTheLeast() throws Exception {
    try (var server = serve(SERVER_TLS.withVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3))) {
      assertThat(get(server, TRUSTING)).startsWith("true");
      assertThat(
              failure(server, TRUSTING.withVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2)).kind())
          .isEqualTo(Kind.TLS);
    }
  }

  @Test
  void agreesOnTheSuitesThatBothAllow() throws Exception {
    String one = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    String other = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    ClientTls old = TRUSTING.withVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2);
    try (var server = serve(SERVER_TLS.withCiphers(List.of(one)))) {
      assertThat(get(server, old.withCiphers(List.of(other, one)))).startsWith("true");
      assertThat(failure(server, old.withCiphers(List.of(other))).kind()).isEqualTo(Kind.TLS);
      assertThat(get(server, TRUSTING.withCiphers(List.of(other)))).startsWith("true");
    }
  }

  @Test
  void trustsItsOwnAuthorityBesideTheSystems() throws Exception {
    try (var server = serve(SERVER_TLS)) {
      assertThat(get(server, TRUSTING.withSystemCas())).startsWith("true");
      ClientTls stranger =
          ClientTls.DEFAULT.withCa(new Certificates("other").issuer()).withSystemCas();
      assertThat(failure(server, stranger).kind()).isEqualTo(Kind.TLS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void readsKeysInTheirOlderForms(String algorithm, @TempDir Path folder) throws Exception {
    Certificates.Identity identity = CA.issue("server", algorithm);
    String pkcs8 = new String(identity.key().read(), java.nio.charset.StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pkcs8.replaceAll("-----.*-----", ""));
    var info = PrivateKeyInfo.getInstance(der);
    byte[] older =
        algorithm.equals("RSA")
            ? info.parsePrivateKey().toASN1Primitive().getEncoded()
            : new org.bouncycastle.asn1.sec.ECPrivateKey(
                    256,
                    org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey())
                        .getKey(),
                    info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();
    Path key =
        Files.writeString(
            folder.resolve("key.pem"), Certificates.pem(algorithm + " PRIVATE KEY", older));
    try (var server = serve(ServerTls.of(identity.certificate(), Pem.file(key.toString())))) {
      assertThat(get(server, TRUSTING)).startsWith("true");
    }
  }

  @Test
  void namesTheFileThatIsMissingOrNotAKey(@TempDir Path folder) throws Exception {
    Path absent = folder.resolve("absent.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    for (Path bad : Arrays.asList(absent, text)) {
      assertThatThrownBy(() -> serve(ServerTls.of(SERVER.certificate(), Pem.file(bad.toString()))))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(bad.getFileName().toString());
      assertThatThrownBy(() -> serve(ServerTls.of(Pem.file(bad.toString()), SERVER.key())))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(bad.getFileName().toString());
    }
  }

  @Test
  void keepsServingAfterPlainTextOnATlsPort() throws Exception {
    try (var server = serve(SERVER_TLS);
        HttpClient plain = server.transport.httpClient(HttpClientSettings.DEFAULT)) {
      var uri = java.net.URI.create("http://127.0.0.1:" + server.port() + "/x");
      assertThat(Loopback.httpFailure(plain.send(HttpCall.get(uri))).kind()).isEqualTo(Kind.BROKEN);
      assertThat(get(server, TRUSTING)).startsWith("true");
      assertThat(Optional.of(server.port())).isPresent();
    }
  }
}
