package dev.pharos.transport.netty;

import dev.pharos.transport.ClientTls;
import dev.pharos.transport.Pem;
import dev.pharos.transport.ServerTls;
import dev.pharos.transport.TlsVersion;
import dev.pharos.transport.TransportException;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Netty's TLS contexts from our settings, on the JDK's engine.
final class TlsContexts {
  private TlsContexts() {}

  static SslContext server(ServerTls settings) {
    try {
      var builder =
          SslContextBuilder.forServer(
                  PrivateKeys.read(settings.key()), chain(settings.certificate()))
              .sslProvider(SslProvider.JDK)
              .ciphers(ciphers(settings.ciphers()), SupportedCipherSuiteFilter.INSTANCE)
              .protocols(TlsVersion.protocols(settings.minVersion(), settings.maxVersion()))
              .applicationProtocolConfig(alpn("h2", "http/1.1"));
      settings
          .clientCa()
          .ifPresent(ca -> builder.trustManager(chain(ca)).clientAuth(ClientAuth.REQUIRE));
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TransportException("server TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /// @param protocols for ALPN, the preferred one first
  static SslContext client(ClientTls settings, String... protocols) {
    try {
      var builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .ciphers(ciphers(settings.ciphers()), SupportedCipherSuiteFilter.INSTANCE)
              .protocols(TlsVersion.protocols(settings.minVersion(), settings.maxVersion()))
              .applicationProtocolConfig(alpn(protocols));
      if (settings.insecureSkipVerify()) {
        builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("");
      } else {
        if (settings.ca().isPresent()) {
          builder.trustManager(trusted(settings.ca().get(), settings.systemCas()));
        }
        builder.endpointIdentificationAlgorithm("HTTPS");
      }
      if (settings.key().isPresent() && settings.certificate().isPresent()) {
        builder.keyManager(
            PrivateKeys.read(settings.key().get()), chain(settings.certificate().get()));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TransportException("client TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /// Suites of TLS 1.3 are not chosen: all of them stay, as in the Collector.
  private static List<String> ciphers(List<String> chosen) {
    if (chosen.isEmpty()) {
      return Http2SecurityUtil.CIPHERS;
    }
    var all = new ArrayList<>(chosen);
    Http2SecurityUtil.CIPHERS.stream().filter(name -> !name.contains("_WITH_")).forEach(all::add);
    return all;
  }

  private static X509Certificate[] trusted(Pem ca, boolean systemCas) {
    List<X509Certificate> all = new ArrayList<>(List.of(chain(ca)));
    if (systemCas) {
      try {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509TrustManager issuers) {
            all.addAll(List.of(issuers.getAcceptedIssuers()));
          }
        }
      } catch (GeneralSecurityException e) {
        throw new TransportException("the system's CAs cannot be read: " + e.getMessage(), e);
      }
    }
    return all.toArray(X509Certificate[]::new);
  }

  private static ApplicationProtocolConfig alpn(String... protocols) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  private static X509Certificate[] chain(Pem pem) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.read()));
      if (certificates.isEmpty()) {
        throw new TransportException(
            pem + ": no certificate (expected: a PEM block \"CERTIFICATE\")");
      }
      return certificates.toArray(X509Certificate[]::new);
    } catch (CertificateException e) {
      throw new TransportException(pem + ": the certificate cannot be read: " + e.getMessage(), e);
    }
  }
}
