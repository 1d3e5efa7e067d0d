package dev.pharos.model.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.Cargo;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.observe.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchEditorTest {
  private static final int ROUNDS = 60;
  private static final String SECRET = "s3cr3t-4111-1111";

  @Test
  void givesTheSameBatchBackIfNothingChanged() {
    SpanBatch spans = new RandomBatches(1).spans(20);
    SpanEditor editor = SpanEditor.over(spans);
    int seen = 0;
    while (editor.next()) {
      editor.attributes().forEach((key, type, value) -> assertThat(key).isNotNegative());
      editor.attributes().remove("never there");
      seen++;
    }
    assertThat(seen).isEqualTo(20);
    assertThat(editor.isChanged()).isFalse();
    assertThat(editor.finish()).isSameAs(spans);
  }

  @Test
  void keepsWhatIsNotDroppedInOrder() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var batches = new RandomBatches(seed);
      dropSome(SpanEditor.over(batches.spans(30)), seed);
      dropSome(LogEditor.over(batches.logs(30)), seed);
    }
  }

  private static <B extends Batch> void dropSome(BatchEditor<B> editor, long seed) {
    var random = new Random(seed);
    List<String> before = BatchTexts.of(editor.batch());
    var expected = new ArrayList<String>();
    var rows = new ArrayList<Integer>();
    while (editor.next()) {
      if (random.nextInt(3) == 0) {
        editor.drop();
      } else {
        expected.add(before.get(editor.item()));
        rows.add(editor.item());
      }
    }
    B original = editor.batch();
    assertThat(BatchTexts.of(editor.finish())).as("seed %d", seed).isEqualTo(expected);
    assertThat(editor.survivors())
        .as("seed %d", seed)
        .containsExactly(rows.stream().mapToInt(i -> i).toArray());
    assertThat(BatchTexts.of(original)).as("seed %d", seed).isEqualTo(before);
  }

  @Test
  void leavesAllElseAsItWasAndTheOriginalUntouched() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      SpanBatch spans = new RandomBatches(seed).spans(15);
      List<String> before = BatchTexts.of(spans);
      SpanEditor editor = SpanEditor.over(spans);
      while (editor.next()) {
        editor.attributes().set("added.once", "x" + editor.item());
        editor.attributes().set("added.twice", 5L);
        for (EventEditor events = editor.events(); events.next(); ) {
          events.attributes().set("event.added", true);
        }
      }
      SpanBatch edited = editor.finish();
      assertThat(BatchTexts.of(spans)).as("seed %d", seed).isEqualTo(before);
      assertThat(BatchTexts.of(edited)).isNotEqualTo(before);
      SpanEditor undo = SpanEditor.over(edited);
      while (undo.next()) {
        assertThat(undo.attributes().text("added.once")).contains("x" + undo.item());
        assertThat(undo.attributes().remove("added.once")).isTrue();
        assertThat(undo.attributes().remove("added.twice")).isTrue();
        for (EventEditor events = undo.events(); events.next(); ) {
          assertThat(events.attributes().remove("event.added")).isTrue();
        }
      }
      assertThat(BatchTexts.of(undo.finish())).as("seed %d", seed).isEqualTo(before);
    }
  }

  @Test
  void attributesBehaveAsAList() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      SpanEditor editor = SpanEditor.over(new RandomBatches(seed).spans(8));
      var models = new ArrayList<List<String>>();
      while (editor.next()) {
        models.add(listed(editor.attributes()));
      }
      for (int step = 0; step < 200; step++) {
        editor.rewind();
        for (int row = random.nextInt(8); row >= 0; row--) {
          editor.next();
        }
        change(editor.attributes(), models.get(editor.item()), random);
      }
      SpanEditor result = SpanEditor.over(editor.finish());
      while (result.next()) {
        assertThat(listed(result.attributes()))
            .as("seed %d", seed)
            .isEqualTo(models.get(result.item()));
      }
    }
  }

  private static void change(Attributes attributes, List<String> model, Random random) {
    String key =
        random.nextBoolean() && !model.isEmpty()
            ? model.get(random.nextInt(model.size())).split("=", 2)[0]
            : "key" + random.nextInt(5);
    int first = 0;
    while (first < model.size() && !model.get(first).startsWith(key + "=")) {
      first++;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        attributes.remove(key);
        model.removeIf(text -> text.startsWith(key + "="));
      }
      case 1 -> {
        if (random.nextInt(10) == 0) {
          attributes.clear();
          model.clear();
        }
      }
      default -> {
        long value = random.nextInt(100);
        attributes.set(key, value);
        String text = key + "=" + ValueType.INT + ":" + value;
        if (first < model.size()) {
          model.set(first, text);
        } else {
          model.add(text);
        }
      }
    }
  }

  private static List<String> listed(Attributes attributes) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < attributes.size(); i++) {
      Object value =
          ValueType.isSymbol(attributes.type(i))
              ? attributes.type(i) == ValueType.STRING ? attributes.text(i) : "nested"
              : attributes.value(i);
      texts.add(attributes.keyText(i) + "=" + attributes.type(i) + ":" + value);
    }
    return texts;
  }

  @Test
  void editsEachResourceOnceForAllItsRows() {
    SpanBatch spans = new RandomBatches(3).spans(40);
    SpanEditor editor = SpanEditor.over(spans);
    int resources = 0;
    for (ResourceEditor resource = editor.resources(); resource.next(); resources++) {
      resource.attributes().set("deployment.environment", "prod");
    }
    for (ScopeEditor scope = editor.scopes(); scope.next(); ) {
      scope.name("renamed");
    }
    assertThat(resources).isEqualTo(spans.resources().size());
    SpanEditor result = SpanEditor.over(editor.finish());
    while (result.next()) {
      assertThat(result.resource().attributes().text("deployment.environment")).contains("prod");
      assertThat(result.scope().name()).isEqualTo("renamed");
    }
  }

  @Test
  void dropsEventsOfASpan() {
    SpanBatch spans = new RandomBatches(5).spans(30);
    SpanEditor editor = SpanEditor.over(spans);
    int kept = 0;
    while (editor.next()) {
      EventEditor events = editor.events();
      for (boolean first = true; events.next(); first = false) {
        if (first) {
          events.drop();
        } else {
          events.name("kept");
          kept++;
        }
      }
    }
    SpanEditor result = SpanEditor.over(editor.finish());
    int found = 0;
    while (result.next()) {
      for (EventEditor events = result.events(); events.next(); found++) {
        assertThat(events.name()).isEqualTo("kept");
      }
    }
    assertThat(found).isEqualTo(kept).isPositive();
  }

  @Test
  void dropsPointsAndTheMetricsThatTheyLeaveEmpty() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      MetricBatch metrics = new RandomBatches(seed).metrics(12);
      List<String> before = BatchTexts.of(metrics);
      MetricEditor editor = MetricEditor.over(metrics);
      var random = new Random(seed);
      int points = 0;
      int empty = 0;
      while (editor.nextMetric()) {
        boolean dropMetric = random.nextInt(4) == 0;
        boolean any = false;
        int left = 0;
        while (editor.nextPoint()) {
          any = true;
          if (random.nextBoolean()) {
            editor.drop();
          } else {
            left++;
          }
        }
        if (dropMetric) {
          editor.dropMetric();
        } else {
          points += left;
          empty += any ? 0 : 1;
        }
      }
      MetricBatch result = editor.finish();
      assertThat(result.items())
          .as("seed %d", seed)
          .isEqualTo(points)
          .isEqualTo(editor.survivors().length);
      assertThat(BatchTexts.of(result)).as("seed %d", seed).hasSize(points + empty);
      assertThat(before).containsAll(BatchTexts.of(result));
      assertThat(BatchTexts.of(metrics)).isEqualTo(before);
    }
  }

  @Test
  void namesAMetricForAllItsPoints() {
    MetricBatch metrics = new RandomBatches(9).metrics(10);
    MetricEditor editor = MetricEditor.over(metrics);
    int points = 0;
    while (editor.next()) {
      editor.name("renamed");
      editor.attributes().set("p", editor.item());
      points++;
    }
    assertThat(points).isEqualTo(metrics.items()).isPositive();
    MetricEditor result = MetricEditor.over(editor.finish());
    while (result.next()) {
      assertThat(result.name()).isEqualTo("renamed");
      assertThat(result.attributes().value(result.attributes().find("p"))).isEqualTo(result.item());
    }
  }

  @Test
  void leavesNothingOfWhatWasDeletedOrReplaced() {
    LogBatch logs = new RandomBatches(11).logs(10);
    LogEditor planting = LogEditor.over(logs);
    while (planting.next()) {
      planting.bodyText("body with " + SECRET);
      planting.severityText(SECRET + " severity");
      planting.attributes().set("card", SECRET);
      planting.attributes().set(SECRET + ".key", 1L);
      planting.resource().attributes().set("token", SECRET + " in the resource");
      planting.scope().version(SECRET + " version");
    }
    LogBatch secret = planting.finish();
    assertThat(holds(secret, SECRET)).isTrue();

    LogEditor redaction = LogEditor.over(secret);
    while (redaction.next()) {
      if (redaction.item() == 0) {
        redaction.drop();
        continue;
      }
      redaction.bodyText(redaction.bodyText().replace(SECRET, "***"));
      redaction.severityText("");
      redaction.attributes().set("card", "***");
      redaction.attributes().remove(SECRET + ".key");
      redaction.resource().attributes().remove("token");
      redaction.scope().version("1");
    }
    LogBatch clean = redaction.finish();
    assertThat(clean.rows()).isEqualTo(9);
    assertThat(holds(clean, SECRET)).isFalse();
    LogEditor reading = LogEditor.over(clean);
    assertThat(reading.next()).isTrue();
    assertThat(reading.bodyText()).isEqualTo("body with ***");
  }

  @Test
  void dropsTheTextsOfDroppedRowsFromTheDictionary() {
    SpanBatch spans = new RandomBatches(13).spans(4);
    SpanEditor planting = SpanEditor.over(spans);
    planting.next();
    planting.name(SECRET);
    SpanEditor dropping = SpanEditor.over(planting.finish());
    dropping.next();
    dropping.drop();
    assertThat(holds(dropping.finish(), SECRET)).isFalse();
  }

  private static boolean holds(Batch batch, String text) {
    return new String(batch.symbols().bytes(), StandardCharsets.ISO_8859_1).contains(text);
  }

  @Test
  void keepsEachItemWithItsSourceRequest() {
    LogBatch logs = new RandomBatches(17).logs(5);
    Acknowledgement nobody =
        new Acknowledgement() {
          @Override
          public void rejected(int source, long items, Cause cause, String reason) {}

          @Override
          public void done() {}

          @Override
          public void fail(Failure failure) {}
        };
    var parcel =
        new Parcel<>(
            new Cargo.Rows<>(logs),
            Tenant.DEFAULT,
            Client.NONE,
            nobody,
            List.of(),
            List.of(),
            new int[] {0, 0, 1, 1, 2});
    LogEditor editor = LogEditor.over(logs);
    while (editor.next()) {
      if (editor.item() % 2 == 1) {
        editor.drop();
      }
    }
    Parcel<LogBatch> result = editor.finish(parcel);
    assertThat(result.sources()).containsExactly(0, 1, 2);
    assertThat(result.batch().rows()).isEqualTo(3);
    assertThat(LogEditor.over(logs).finish(parcel)).isSameAs(parcel);
  }
}
