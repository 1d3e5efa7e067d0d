package dev.pharos.insight.structure;

import dev.pharos.insight.compare.Numbering;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the operations of spans. Any thread.
final class Operations {
  private static final String SERVICE = "service.name";

  private final Map<Operation, Integer> numbers = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  /// What spans do: those of one are alike.
  record Operation(String service, String name, int kind) {}

  private synchronized int number(Operation operation) {
    Integer known = numbers.get(operation);
    if (known == null) {
      known = operations.size();
      numbers.put(operation, known);
      operations.add(operation);
    }
    return known;
  }

  synchronized Operation of(int number) {
    return operations.get(number);
  }

  OfBlock of(SpanBlock block) {
    return new OfBlock(block);
  }

  /// The operations of the rows of one block, each looked up once. One thread.
  final class OfBlock {
    private final Column resource;
    private final Column service;
    private final Column name;
    private final Column kind;
    private final Numbering seen = new Numbering();
    private int[] numbers = new int[16];

    private OfBlock(SpanBlock block) {
      resource = block.column(Field.RESOURCE);
      service = block.attribute(AttributeScope.RESOURCE, SERVICE);
      name = block.column(Field.NAME);
      kind = block.column(Field.KIND);
    }

    int number(int row) {
      int known = seen.size();
      int own = seen.of(resource.value(row) << 40 | name.value(row) << 8 | kind.value(row) & 0xff);
      if (own == known) {
        numbers = own < numbers.length ? numbers : Arrays.copyOf(numbers, own * 2);
        String text = service.type(row) == ValueType.STRING ? service.text(row) : "";
        numbers[own] =
            Operations.this.number(new Operation(text, name.text(row), (int) kind.value(row)));
      }
      return numbers[own];
    }
  }
}
