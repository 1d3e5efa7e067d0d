package dev.pharos.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTest {
  @Test
  void readsWhatItWrites() {
    for (Fault fault : Fault.values()) {
      var on = new Control.Turn(fault, true);
      assertThat(Control.parse(on.line())).isEqualTo(on);
    }
    var peers =
        new Control.Peers(
            List.of(URI.create("http://localhost:1"), URI.create("http://localhost:2")));
    assertThat(Control.parse(peers.line())).isEqualTo(peers);
    assertThat(Control.parse("slow-query off"))
        .isEqualTo(new Control.Turn(Fault.SLOW_QUERY, false));
  }

  @Test
  void refusesOtherLinesAndSaysWhatItExpected() {
    assertThatThrownBy(() -> Control.parse("flood on")).hasMessage("no fault \"flood\"");
    assertThatThrownBy(() -> Control.parse("slow-query perhaps"))
        .hasMessageContaining("slow-query perhaps", "expected");
  }
}
