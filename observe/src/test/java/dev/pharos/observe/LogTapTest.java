package dev.pharos.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTapTest {
  private static LogTap.Line line(int number) {
    return new LogTap.Line(number, 9, "INFO", "x", "line " + number, "");
  }

  @Test
  void keepsTheNewestLinesAndCountsTheOthers() {
    var tap = new LogTap();
    for (int i = 0; i < LogTap.CAPACITY + 2; i++) {
      tap.add(line(i));
    }
    assertThat(tap.dropped()).isEqualTo(2);
    assertThat(tap.take()).hasSize(LogTap.CAPACITY).startsWith(line(2)).endsWith(line(1025));
    assertThat(tap.take()).isEmpty();
  }
}
