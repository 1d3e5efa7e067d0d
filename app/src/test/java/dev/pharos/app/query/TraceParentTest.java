package dev.pharos.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void goesOnWithTheTraceOfTheCaller() {
    TraceParent parent = TraceParent.parse("00-" + TRACE + "-b7ad6b7169203331-01");
    assertThat(parent)
        .isEqualTo(
            new TraceParent(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, true));
  }

  @Test
  void keepsOutOfTracesThatAreNotSampled() {
    assertThat(TraceParent.parse("00-" + TRACE + "-b7ad6b7169203331-00").sampled()).isFalse();
  }

  @Test
  void takesWhatLaterVersionsAdd() {
    TraceParent parent = TraceParent.parse("cc-" + TRACE + "-b7ad6b7169203331-01-more");
    assertThat(parent.spanId()).isEqualTo(0xb7ad6b7169203331L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-+7ad6b7169203331-01"
      })
  void beginsATraceWhereTheHeaderIsNotValid(String header) {
    TraceParent parent = TraceParent.parse(header);
    assertThat(parent.spanId()).isZero();
    assertThat(parent.sampled()).isTrue();
    assertThat(parent.traceLo()).isNotZero();
    assertThat(parent).isNotEqualTo(TraceParent.parse(header));
  }
}
