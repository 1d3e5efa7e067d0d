package dev.pharos.transport.netty;

import dev.pharos.transport.Pem;
import dev.pharos.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Private keys read from PEM: PKCS#8, and PKCS#1 (RSA) and SEC 1 (EC), which are wrapped into PKCS#8 (RFC 5208) first
/// since the JDK reads nothing else.
final class PrivateKeys {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----(.+?)-----END", Pattern.DOTALL);

  private static final byte[] RSA_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC_OID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private PrivateKeys() {}

  static PrivateKey read(Pem pem) {
    Matcher block = BLOCK.matcher(new String(pem.read(), StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new TransportException(
          pem + ": no private key (expected: a PEM block \"PRIVATE KEY\")");
    }
    String kind = block.group(1);
    if (kind.startsWith("ENCRYPTED")) {
      throw new TransportException(
          pem + ": the private key is encrypted (expected: one without a password)");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw new TransportException(pem + ": the private key is not base64", e);
    }
    byte[] pkcs8 =
        switch (kind) {
          case "RSA PRIVATE KEY" ->
              element(SEQUENCE, VERSION_0, RSA_ALGORITHM, element(OCTETS, der));
          case "EC PRIVATE KEY" ->
              element(
                  SEQUENCE,
                  VERSION_0,
                  element(SEQUENCE, EC_OID, curve(pem, der)),
                  element(OCTETS, der));
          default -> der;
        };
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // The next algorithm may know it.
      }
    }
    throw new TransportException(
        pem + ": the private key cannot be read (expected: RSA, EC or EdDSA)");
  }

  /// The curve's OID from the parameters of a SEC 1 key: a sequence of version, key and `[0]` OID.
  private static byte[] curve(Pem pem, byte[] der) {
    int at = der.length > 1 && (der[1] & 0x80) != 0 ? 2 + (der[1] & 0x7f) : 2;
    while (at + 1 < der.length) {
      int length = der[at + 1] & 0xff;
      int from = at + 2;
      if ((der[at] & 0xff) == PARAMETERS && length < 0x80 && from + length <= der.length) {
        return Arrays.copyOfRange(der, from, from + length);
      }
      at = from + length;
    }
    throw new TransportException(pem + ": the EC key does not name its curve");
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int width = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | width);
      for (int i = width - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
