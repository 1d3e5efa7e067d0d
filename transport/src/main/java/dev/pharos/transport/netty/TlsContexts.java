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
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/// Netty's TLS contexts from our settings, on the JDK's engine.
final class TlsContexts {
  private TlsContexts() {}

  static SslContext server(ServerTls settings) {
    try {
      var builder =
          SslContextBuilder.forServer(
                  PrivateKeys.read(settings.key()), chain(settings.certificate()))
              .sslProvider(SslProvider.JDK)
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
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
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .protocols(TlsVersion.protocols(settings.minVersion(), settings.maxVersion()))
              .applicationProtocolConfig(alpn(protocols));
      if (settings.insecureSkipVerify()) {
        builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("");
      } else {
        settings.ca().ifPresent(ca -> builder.trustManager(chain(ca)));
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
