package dev.pharos.pipeline.graph;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Receiver;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.ServiceConfig;
import dev.pharos.pipeline.config.service.ServiceConfigDecoder;
import dev.pharos.pipeline.config.service.SignalPair;
import dev.pharos.pipeline.config.service.Stability;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Components that do next to nothing and tell what happens to them: receiver `source`, processor `hold`, exporters
/// `keep` and `uses`, connector `join`, extension `ext`.
final class TestParts {
  /// @param tag makes one configuration different from another
  /// @param failing to start
  record Config(String tag, boolean failing, boolean durable, boolean answers) {}

  private static final ConfigSchema<Config> SCHEMA =
      ConfigSchema.of(
          keys ->
              new Config(
                  keys.text("tag", "", "any"),
                  keys.bool("failing", false, "cannot start"),
                  keys.bool("durable", false, "of exporters"),
                  keys.bool("answers", true, "of exporters: false leaves parcels unanswered")));

  final Registry registry = new Registry();

  /// What was started and stopped, in order: `+keep/a`, `-keep/a`.
  final List<String> events = new ArrayList<>();

  /// Ids of what was made, in order.
  final List<String> made = new ArrayList<>();

  final Map<String, Sinks> sources = new ConcurrentHashMap<>();

  /// Read while a request is inside a source; a source that stops waits for those, as receivers do.
  final ReadWriteLock requests = new ReentrantReadWriteLock();

  final Map<String, AtomicLong> kept = new ConcurrentHashMap<>();
  final List<Acknowledgement> unanswered = new ArrayList<>();

  Graph build(String yaml) {
    return build(yaml, Optional.empty());
  }

  Graph build(String yaml, Optional<Graph> running) {
    return GraphBuilder.build(config(yaml), factories(), registry, Clock.systemUTC(), running);
  }

  ServiceConfig config(String yaml) {
    var loader =
        new ConfigLoader(name -> Optional.empty(), Path.of(""), Map.of("test:x", yaml), Set.of());
    return ServiceConfigDecoder.decode(
            loader.load(List.of("test:x"), List.of()).root(), factories(), Set.of())
        .config();
  }

  private Factories factories() {
    return new Factories(
        List.of(
            new Source(), new Hold(), new Keep("keep"), new Keep("uses"), new Join(), new Ext()));
  }

  long kept(String exporter) {
    return kept.computeIfAbsent(exporter, _ -> new AtomicLong()).get();
  }

  /// The sum of a counter or gauge of edges, of those whose labels hold all of `labels`.
  long edges(String name, String... labels) {
    return registry
        .text()
        .lines()
        .filter(line -> line.startsWith("pharos_edge_" + name))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private class Part implements Component {
    final String id;
    private final Config config;
    volatile boolean stopped;

    Part(Setup setup, Config config) {
      id = setup.id().toString();
      this.config = config;
      made.add(id);
    }

    @Override
    public void start() {
      if (config.failing) {
        throw new ComponentException(id + " cannot start");
      }
      events.add("+" + id);
    }

    @Override
    public void stop() {
      stopped = true;
      events.add("-" + id);
    }
  }

  private static ComponentDescriptor<Config> descriptor(ComponentKind kind, String type) {
    return ComponentDescriptor.of(kind, type, SCHEMA, Stability.STABLE, Signal.values());
  }

  private final class Source implements Factory.OfReceiver<Config> {
    @Override
    public ComponentDescriptor<Config> descriptor() {
      return TestParts.descriptor(ComponentKind.RECEIVER, "source");
    }

    @Override
    public Receiver create(Setup setup, Config config, Sinks next) {
      sources.put(setup.id().toString(), next);
      final class Made extends Part implements Receiver {
        Made() {
          super(setup, config);
        }

        @Override
        public void stop() {
          requests.writeLock().lock();
          try {
            super.stop();
          } finally {
            requests.writeLock().unlock();
          }
        }
      }
      return new Made();
    }
  }

  /// Keeps every other parcel until it stops.
  private final class Hold implements Factory.OfProcessor<Config> {
    @Override
    public ComponentDescriptor<Config> descriptor() {
      return TestParts.descriptor(ComponentKind.PROCESSOR, "hold");
    }

    private <B extends Batch> Processor<B> make(Setup setup, Config config, Sink<B> next) {
      final class Made extends Part implements Processor<B> {
        private final List<Parcel<B>> held = new ArrayList<>();
        private boolean odd;

        Made() {
          super(setup, config);
        }

        @Override
        public void accept(Parcel<B> parcel) {
          List<Parcel<B>> out = List.of(parcel);
          synchronized (held) {
            odd = !odd;
            if (odd && !stopped) {
              held.add(parcel);
              out = List.of();
            } else if (held.size() > 3) {
              held.add(parcel);
              out = List.copyOf(held);
              held.clear();
            }
          }
          out.forEach(next::accept);
        }

        @Override
        public void stop() {
          super.stop();
          List<Parcel<B>> rest;
          synchronized (held) {
            rest = List.copyOf(held);
            held.clear();
          }
          rest.forEach(next::accept);
        }
      }
      return new Made();
    }

    @Override
    public Processor<SpanBatch> traces(Setup setup, Config config, Sink<SpanBatch> next) {
      return make(setup, config, next);
    }

    @Override
    public Processor<MetricBatch> metrics(Setup setup, Config config, Sink<MetricBatch> next) {
      return make(setup, config, next);
    }

    @Override
    public Processor<LogBatch> logs(Setup setup, Config config, Sink<LogBatch> next) {
      return make(setup, config, next);
    }
  }

  /// Counts what it gets; refuses what comes after its stop.
  private final class Keep implements Factory.OfExporter<Config> {
    private final String type;

    Keep(String type) {
      this.type = type;
    }

    @Override
    public ComponentDescriptor<Config> descriptor() {
      return TestParts.descriptor(ComponentKind.EXPORTER, type);
    }

    @Override
    public Exporter create(Setup setup, Config config) {
      Optional<ExtPart> ext =
          type.equals("uses")
              ? Optional.of(setup.extensions().find(ExtPart.class, Optional.empty()))
              : Optional.empty();
      final class Made extends Part implements Exporter {
        Made() {
          super(setup, config);
        }

        @Override
        public Sinks sinks() {
          return Sinks.of(this::keep, this::keep, this::keep);
        }

        private void keep(Parcel<? extends Batch> parcel) {
          if (stopped || ext.map(one -> one.stopped).orElse(false)) {
            parcel.acknowledgement().fail(Failure.retryable(Cause.SHUTDOWN, id + " has stopped"));
            return;
          }
          kept.computeIfAbsent(id, _ -> new AtomicLong()).addAndGet(parcel.batch().items());
          if (config.answers) {
            parcel.acknowledgement().done();
          } else {
            unanswered.add(parcel.acknowledgement());
          }
        }

        @Override
        public Durability durability() {
          return config.durable ? Durability.DURABLE : Durability.BEST_EFFORT;
        }
      }
      return new Made();
    }
  }

  private final class Join implements Factory.OfConnector<Config> {
    @Override
    public ComponentDescriptor<Config> descriptor() {
      SignalPair[] same =
          Arrays.stream(Signal.values())
              .map(signal -> new SignalPair(signal, signal))
              .toArray(SignalPair[]::new);
      return ComponentDescriptor.connector("join", SCHEMA, Stability.STABLE, same);
    }

    @Override
    public Connector create(Setup setup, Config config, Sinks next) {
      final class Made extends Part implements Connector {
        Made() {
          super(setup, config);
        }

        @Override
        public Sinks sinks() {
          return next;
        }
      }
      return new Made();
    }
  }

  private final class ExtPart extends Part implements Extension {
    ExtPart(Setup setup, Config config) {
      super(setup, config);
    }

    @Override
    public void ready() {
      events.add("!" + id);
    }
  }

  private final class Ext implements Factory.OfExtension<Config> {
    @Override
    public ComponentDescriptor<Config> descriptor() {
      return ComponentDescriptor.of(ComponentKind.EXTENSION, "ext", SCHEMA, Stability.STABLE);
    }

    @Override
    public Extension create(Setup setup, Config config) {
      return new ExtPart(setup, config);
    }
  }
}
