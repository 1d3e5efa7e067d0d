package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParametersTest {
  @Test
  void keepsOrderAndRepetition() {
    Parameters read = Parameters.parse("a=1&b=x%20y&a=2&flag&&=odd&c=%zz&d=%C3%A4+%2B");
    var seen = new StringBuilder();
    read.forEach((name, value) -> seen.append(name).append('=').append(value).append(';'));
    assertThat(seen).hasToString("a=1;b=x y;a=2;flag=;=odd;c=%zz;d=ä +;");
    assertThat(read.all("a")).containsExactly("1", "2");
    assertThat(read.first("none", "otherwise")).isEqualTo("otherwise");
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(Parameters.parse("").isEmpty()).isTrue();
    assertThat(Parameters.EMPTY.then(Parameters.parse("a=1")).first("a")).contains("1");
  }
}
