package dev.pharos.store.segment;

/// What a chunk of a block holds; the numbers stand in the footer. A chunk that is missing has 0, or the empty text, in
/// all rows. From [#ATTRIBUTE] on they are attribute columns, in the order of the segment's list of those.
final class Part {
  static final int KEYS = 1;
  static final int SHAPES = 2;
  static final int RARE = 3;
  static final int RESOURCE = 4;
  static final int SCOPE = 5;
  static final int FLAGS = 6;
  static final int DROPPED_ATTRIBUTES = 7;
  static final int TRACE_HI = 8;
  static final int TRACE_LO = 9;
  static final int SPAN_ID = 10;
  static final int TIME = 11;

  static final int FRAGMENTS = 12;
  static final int PARENT = 13;
  static final int DURATION = 14;
  static final int NAME = 15;
  static final int KIND = 16;
  static final int STATUS_CODE = 17;
  static final int STATUS_MESSAGE = 18;
  static final int TRACE_STATE = 19;
  static final int DROPPED_EVENTS = 20;
  static final int DROPPED_LINKS = 21;
  static final int EVENT_COUNTS = 22;
  static final int EVENT_TIME = 23;
  static final int EVENT_NAME = 24;
  static final int EVENT_DROPPED = 25;
  static final int EVENT_KEYS = 26;
  static final int EVENT_SHAPES = 27;
  static final int EVENT_RARE = 28;
  static final int LINK_COUNTS = 29;
  static final int LINK_TRACE_HI = 30;
  static final int LINK_TRACE_LO = 31;
  static final int LINK_SPAN_ID = 32;
  static final int LINK_TRACE_STATE = 33;
  static final int LINK_FLAGS = 34;
  static final int LINK_DROPPED = 35;
  static final int LINK_KEYS = 36;
  static final int LINK_SHAPES = 37;
  static final int LINK_RARE = 38;

  static final int OBSERVED = 39;
  static final int SEVERITY_NUMBER = 40;
  static final int SEVERITY_TEXT = 41;
  static final int BODY = 42;
  static final int RECORD_NAME = 43;
  static final int TRACE_FILTER = 44;
  static final int TOKEN_FILTER = 45;
  static final int VALUE_FILTER = 46;

  static final int ATTRIBUTE = 64;

  private Part() {}
}
