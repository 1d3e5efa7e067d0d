package dev.pharos.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An issuer of certificates for one test.
final class Certificates {
  /// A certificate and its key.
  record Identity(Pem certificate, Pem key) {}

  private static long serial = 1;

  private final X500Name name;
  private final KeyPair keys;
  private final Pem certificate;

  Certificates(String name) {
    this.name = new X500Name("CN=" + name);
    this.keys = keys("EC");
    this.certificate = Pem.text(issue(this.name, keys, true));
  }

  Pem issuer() {
    return certificate;
  }

  /// For `127.0.0.1` and `localhost`, with a PKCS#8 key.
  Identity issue(String subject) {
    return issue(subject, "EC");
  }

  Identity issue(String subject, String algorithm) {
    KeyPair pair = keys(algorithm);
    return new Identity(
        Pem.text(issue(new X500Name("CN=" + subject), pair, false)),
        Pem.text(pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
  }

  private static KeyPair keys(String algorithm) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String issue(X500Name subject, KeyPair pair, boolean authority) {
    Instant now = Instant.now();
    var builder =
        new X509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial++),
            Date.from(now.minusSeconds(3600)),
            Date.from(now.plusSeconds(3600)),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                  new GeneralName(GeneralName.dNSName, "localhost")
                }));
      }
      PrivateKey signing = keys.getPrivate();
      byte[] der =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing)).getEncoded();
      return pem("CERTIFICATE", der);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String kind, byte[] der) {
    var out = new StringWriter();
    out.write("-----BEGIN " + kind + "-----\n");
    out.write(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    out.write("\n-----END " + kind + "-----\n");
    return out.toString();
  }
}
