package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.List;

/// A text with changing parts of fixed width: order numbers, durations, times. Immutable; ASCII.
record Text(List<Piece> pieces) {
  sealed interface Piece permits Literal, Gap {}

  record Literal(String text) implements Piece {}

  record Gap(Hole hole, int width, long argument) implements Piece {}

  static Text of(String literal) {
    return new Text(List.of(new Literal(literal)));
  }

  Text then(String literal) {
    return plus(new Literal(literal));
  }

  Text digits(int width) {
    return plus(new Gap(Hole.DIGITS, width, 0));
  }

  Text hex(int width) {
    return plus(new Gap(Hole.HEX, width, 0));
  }

  Text isoTime(long fromNow) {
    return plus(new Gap(Hole.ISO_TIME, Stamps.ISO_WIDTH, fromNow));
  }

  Text accessTime(long fromNow) {
    return plus(new Gap(Hole.ACCESS_TIME, Stamps.ACCESS_WIDTH, fromNow));
  }

  int width() {
    int width = 0;
    for (Piece piece : pieces) {
      width +=
          switch (piece) {
            case Literal literal -> literal.text().length();
            case Gap gap -> gap.width();
          };
    }
    return width;
  }

  private Text plus(Piece piece) {
    var more = new ArrayList<>(pieces);
    more.add(piece);
    return new Text(List.copyOf(more));
  }
}
