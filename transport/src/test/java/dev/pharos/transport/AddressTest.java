package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:4317,localhost,4317",
    "0.0.0.0:0,0.0.0.0,0",
    ":4318,'',4318",
    "[::1]:80,::1,80"
  })
  void readsWhatItWrites(String text, String host, int port) {
    Address address = Address.parse(text);
    assertThat(address).isEqualTo(new Address(host, port));
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1",
    "0:0:0:0:0:0:0:1,::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1"
  })
  void writesAnAddressInItsShortestForm(String text, String shortest) throws Exception {
    assertThat(Address.text(InetAddress.getByName(text))).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        "localhost:x",
        "localhost:70000",
        "::1:80",
        "localhost:-1"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
