package dev.pharos.components.debug;

import dev.pharos.components.turn.Turns;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.SpanBatch;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Sinks;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prints batches one after the other and takes them all. Any thread.
final class DebugExporter implements Exporter {
  private static final Logger LOG = LoggerFactory.getLogger(DebugExporter.class);

  private final String owner;
  private final DebugConfig config;
  private final Turns turns;
  private final Sampling traces;
  private final Sampling metrics;
  private final Sampling logs;
  private final List<PrintStream> outputs = new ArrayList<>();
  private final List<PrintStream> files = new ArrayList<>();

  DebugExporter(String owner, DebugConfig config, Clock clock) {
    this.owner = owner;
    this.config = config;
    this.turns = new Turns(owner);
    this.traces = new Sampling(config.samplingInitial(), config.samplingThereafter(), clock);
    this.metrics = new Sampling(config.samplingInitial(), config.samplingThereafter(), clock);
    this.logs = new Sampling(config.samplingInitial(), config.samplingThereafter(), clock);
  }

  @Override
  public Sinks sinks() {
    return Sinks.of(
        parcel -> take(parcel, traces),
        parcel -> take(parcel, metrics),
        parcel -> take(parcel, logs));
  }

  @Override
  public Durability durability() {
    return Durability.BEST_EFFORT;
  }

  @Override
  public void start() {
    if (config.useInternalLogger()) {
      return;
    }
    for (String path : config.outputPaths()) {
      switch (path) {
        case "stdout" -> outputs.add(System.out);
        case "stderr" -> outputs.add(System.err);
        default -> files.add(open(path));
      }
    }
    outputs.addAll(files);
  }

  private PrintStream open(String path) {
    try {
      return new PrintStream(new FileOutputStream(path, true), false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ComponentException(
          owner + ": output path " + path + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    turns.close();
    files.forEach(PrintStream::close);
  }

  private void take(Parcel<? extends Batch> parcel, Sampling sampling) {
    if (!sampling.next()) {
      parcel.acknowledgement().done();
      return;
    }
    turns.take(
        parcel,
        () -> {
          print(text(parcel.batch()));
          parcel.acknowledgement().done();
        });
  }

  /// What is printed of a batch, without a line end.
  String text(Batch batch) {
    var out = new StringBuilder();
    switch (batch) {
      case SpanBatch spans -> new SpanPrinter(spans, out).print(config.verbosity());
      case MetricBatch points -> new MetricPrinter(points, out).print(config.verbosity());
      case LogBatch records -> new LogPrinter(records, out).print(config.verbosity());
    }
    return out.toString();
  }

  private void print(String text) {
    if (config.useInternalLogger()) {
      LOG.info("{}", text);
      return;
    }
    for (PrintStream output : outputs) {
      output.println(text);
      output.flush();
    }
  }
}
