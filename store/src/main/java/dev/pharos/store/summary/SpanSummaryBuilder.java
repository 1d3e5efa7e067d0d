package dev.pharos.store.summary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Counts spans: of batches, of blocks, and those that other summaries have counted. One thread.
///
/// A service, name, kind and status that would be one group too many is counted under the name "other" of its
/// service, and a service too many as the service "other".
final class SpanSummaryBuilder implements SummaryBuilder<SpanBatch, SpanBlock, SpanSummary> {
  /// Groups with names of their own in one summary.
  static final int MAX_NAMED = 20_000;

  /// Groups at which services lose theirs.
  private static final int MAX_SERVED = 2 * MAX_NAMED;

  private static final byte[] SERVICE_NAME =
      "service.name".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final Window window;
  private final Names names = new Names();
  private final Groups groups = new Groups();
  private final CellTable cells = new CellTable(false);
  private final Groups edgeGroups = new Groups();
  private final CellTable edges = new CellTable(false);
  private final EdgeEnds clients = new EdgeEnds();
  private final EdgeEnds servers = new EdgeEnds();
  private final SenderCounts senders;
  private final boolean countsSpans;
  private final boolean countsEdges;
  private final boolean countsSenders;
  private int[] nameOf = {};
  private int[] serviceOf = {};
  private int[] senderOf = {};

  SpanSummaryBuilder(Window window) {
    this.window = window;
    senders = new SenderCounts(window);
    countsSpans = window.wants(Window.Part.SPANS);
    countsEdges = window.wants(Window.Part.EDGES);
    countsSenders = window.wants(Window.Part.SENDERS);
  }

  @Override
  public void add(SpanBatch batch) {
    int firstClient = clients.count();
    int firstServer = servers.count();
    services(batch.resources(), batch.symbols());
    prepareNames(batch.symbols());
    if (countsSenders) {
      senders.peerRows().begin(batch);
    }
    long[] starts = batch.startNanos();
    long[] ends = batch.endNanos();
    for (int row = 0; row < batch.rows(); row++) {
      long start = starts[row];
      if (start < window.earliestNanos()) {
        continue;
      }
      long step = Steps.of(start);
      int service = serviceOf[batch.resource()[row]];
      int kind = batch.kind()[row];
      int status = batch.statusCode()[row];
      int bucket = DurationBuckets.of(ends[row] - start);
      if (countsSpans && window.counts(step)) {
        count(step, service, name(batch.symbols(), batch.name()[row]), kind, status, bucket);
      }
      if (countsSenders && window.counts(step)) {
        int sender = sender(batch.resources(), batch.symbols(), batch.resource()[row]);
        int peer = SpanGroup.isCall(kind) ? senders.peerRows().of(batch, row) : Peers.NONE;
        int group = countOf(step, sender, kind, status, bucket, peer);
        if (group >= 0 && !senders.samples().isFull(group)) {
          senders
              .samples()
              .add(group, batch.traceHi()[row], batch.traceLo()[row], batch.spanId()[row]);
        }
      }
      if (countsEdges && kind >= SpanGroup.SERVER && kind <= SpanGroup.CONSUMER) {
        long hi = batch.traceHi()[row];
        long lo = batch.traceLo()[row];
        end(
            step,
            service,
            kind,
            status,
            bucket,
            hi,
            lo,
            batch.spanId()[row],
            batch.parentSpanId()[row]);
      }
    }
    join(firstClient, firstServer);
  }

  @Override
  public void add(SpanBlock block) {
    int firstClient = clients.count();
    int firstServer = servers.count();
    services(block.resources(), block.resourceSymbols());
    Column name = block.column(Field.NAME);
    prepareNames(name.symbols());
    if (countsSenders) {
      senders.peerRows().begin(block);
    }
    Column resource = block.column(Field.RESOURCE);
    Column time = block.column(Field.TIME);
    Column end = block.column(Field.END);
    Column kinds = block.column(Field.KIND);
    Column statuses = block.column(Field.STATUS_CODE);
    Column hi = block.column(Field.TRACE_HI);
    Column lo = block.column(Field.TRACE_LO);
    Column id = block.column(Field.SPAN_ID);
    Column parent = block.column(Field.PARENT_SPAN_ID);
    for (int row = 0; row < block.rows(); row++) {
      long start = time.value(row);
      if (start < window.earliestNanos()) {
        continue;
      }
      long step = Steps.of(start);
      int service = serviceOf[(int) resource.value(row)];
      int kind = (int) kinds.value(row);
      int status = (int) statuses.value(row);
      int bucket = DurationBuckets.of(end.value(row) - start);
      if (countsSpans && window.counts(step)) {
        count(step, service, name(name.symbols(), (int) name.value(row)), kind, status, bucket);
      }
      if (countsSenders && window.counts(step)) {
        int sender = sender(block.resources(), block.resourceSymbols(), (int) resource.value(row));
        int peer = SpanGroup.isCall(kind) ? senders.peerRows().of(row) : Peers.NONE;
        int group = countOf(step, sender, kind, status, bucket, peer);
        if (group >= 0 && !senders.samples().isFull(group)) {
          senders.samples().add(group, hi.value(row), lo.value(row), id.value(row));
        }
      }
      if (countsEdges && kind >= SpanGroup.SERVER && kind <= SpanGroup.CONSUMER) {
        end(
            step,
            service,
            kind,
            status,
            bucket,
            hi.value(row),
            lo.value(row),
            id.value(row),
            parent.value(row));
      }
    }
    join(firstClient, firstServer);
  }

  @Override
  public void add(SpanSummary summary) {
    int[] numbers = new int[summary.names().count()];
    Arrays.fill(numbers, -1);
    if (countsSpans) {
      addSpans(summary, numbers);
    }
    if (countsEdges) {
      addEdges(summary, numbers);
      addEnds(summary.clients(), clients, summary, numbers, true);
      addEnds(summary.servers(), servers, summary, numbers, false);
    }
    if (countsSenders) {
      summary.senders().ifPresent(senders::add);
    }
  }

  private void addSpans(SpanSummary summary, int[] numbers) {
    int[] groupOf = new int[summary.groups().count()];
    Arrays.fill(groupOf, -1);
    Cells counted = summary.cells();
    for (int i = 0; i < counted.count(); i++) {
      long step = CellTable.step(counted.keys()[i]);
      if (window.counts(step)) {
        int group = CellTable.group(counted.keys()[i]);
        if (groupOf[group] < 0) {
          groupOf[group] = group(summary, group, numbers);
        }
        cells.add(
            CellTable.key(
                Steps.counted(step, window.grain()),
                groupOf[group],
                CellTable.bucket(counted.keys()[i])),
            counted.first()[i],
            0);
      }
    }
  }

  private int number(SpanSummary summary, int theirs, int[] numbers) {
    if (numbers[theirs] < 0) {
      numbers[theirs] = names.of(summary.names(), theirs);
    }
    return numbers[theirs];
  }

  private int group(SpanSummary summary, int theirs, int[] numbers) {
    long b = summary.groups().b(theirs);
    return group(
        number(summary, summary.groups().a(theirs), numbers),
        number(summary, SpanGroup.name(b), numbers),
        SpanGroup.kind(b),
        SpanGroup.status(b));
  }

  private void addEdges(SpanSummary summary, int[] numbers) {
    Cells joined = summary.edges();
    for (int i = 0; i < joined.count(); i++) {
      long step = CellTable.step(joined.keys()[i]);
      if (window.counts(step)) {
        int group = CellTable.group(joined.keys()[i]);
        long b = summary.edgeGroups().b(group);
        edge(
            step,
            number(summary, summary.edgeGroups().a(group), numbers),
            number(summary, SpanGroup.server(b), numbers),
            SpanGroup.isError(b),
            CellTable.bucket(joined.keys()[i]),
            joined.first()[i]);
      }
    }
  }

  private void addEnds(
      EdgeEnds from, EdgeEnds to, SpanSummary summary, int[] numbers, boolean ofClients) {
    for (int i = 0; i < from.count(); i++) {
      long step = from.step(i);
      if (ofClients ? window.reaches(step) : window.counts(step)) {
        int service = number(summary, from.service(i), numbers);
        to.add(from.hash(i), service, step, from.bucket(i), from.marks(i));
      }
    }
  }

  /// Finds the service of each Resource of a batch or block.
  private void services(ResourceTable resources, Symbols symbols) {
    if (serviceOf.length < resources.size()) {
      serviceOf = new int[resources.size() * 2];
      senderOf = new int[serviceOf.length];
    }
    Arrays.fill(senderOf, -1);
    AttributeRows attributes = resources.attributes();
    for (int row = 0; row < resources.size(); row++) {
      int service = names.of("");
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (attributes.type(i) == ValueType.STRING
            && symbols.same(attributes.key(i), SERVICE_NAME)) {
          service = names.of(symbols, (int) attributes.value(i));
          break;
        }
      }
      serviceOf[row] = service;
    }
  }

  private int sender(ResourceTable resources, Symbols symbols, int row) {
    if (senderOf[row] < 0) {
      senderOf[row] = senders.sender(resources, symbols, row);
    }
    return senderOf[row];
  }

  /// Counts a span by its sender.
  ///
  /// @return the group of a call that names a peer; else -1
  private int countOf(long step, int sender, int kind, int status, int bucket, int peer) {
    boolean error = status == SpanGroup.STATUS_ERROR;
    senders.span(step, sender);
    if (SpanGroup.isRequest(kind)) {
      senders.request(step, sender, bucket, error);
    }
    return peer == Peers.NONE ? -1 : senders.call(step, sender, peer, bucket, error);
  }

  private void prepareNames(Symbols symbols) {
    int count = symbols.count();
    if (nameOf.length < count) {
      nameOf = new int[count * 2];
    }
    Arrays.fill(nameOf, 0, count, -1);
  }

  private int name(Symbols symbols, int id) {
    int known = nameOf[id];
    if (known < 0) {
      known = names.of(symbols, id);
      nameOf[id] = known;
    }
    return known;
  }

  private void count(long step, int service, int name, int kind, int status, int bucket) {
    int group = group(service, name, kind, status);
    cells.add(CellTable.key(Steps.counted(step, window.grain()), group, bucket), 1, 0);
  }

  private int group(int service, int name, int kind, int status) {
    int known = groups.find(service, SpanGroup.of(name, kind, status));
    if (known >= 0) {
      return known;
    }
    if (groups.count() < MAX_NAMED) {
      return groups.of(service, SpanGroup.of(name, kind, status));
    }
    return groups.of(
        groups.count() < MAX_SERVED ? service : Names.OTHER,
        SpanGroup.of(Names.OTHER, kind, status));
  }

  private void end(
      long step,
      int service,
      int kind,
      int status,
      int bucket,
      long traceHi,
      long traceLo,
      long spanId,
      long parent) {
    int error = status == SpanGroup.STATUS_ERROR ? EdgeEnds.ERROR : 0;
    if (!SpanGroup.isRequest(kind)) {
      if (window.reaches(step)) {
        int marks = kind == SpanGroup.PRODUCER ? error | EdgeEnds.PRODUCER : error;
        clients.add(EdgeEnds.hash(traceHi, traceLo, spanId), service, step, 0, marks);
      }
    } else if (parent != 0 && window.counts(step)) {
      servers.add(EdgeEnds.hash(traceHi, traceLo, parent), service, step, bucket, error);
    }
  }

  private void edge(long step, int client, int server, boolean error, int bucket, long calls) {
    long pair = SpanGroup.edge(server, error);
    int group = edgeGroups.find(client, pair);
    if (group < 0) {
      group =
          edgeGroups.count() < MAX_NAMED
              ? edgeGroups.of(client, pair)
              : edgeGroups.of(Names.OTHER, SpanGroup.edge(Names.OTHER, error));
    }
    edges.add(CellTable.key(Steps.counted(step, window.grain()), group, bucket), calls, 0);
  }

  /// Joins the ends added from these on, counts the edges, and keeps the ends that are left. Most ends meet within
  /// their batch, where the table that finds them is small.
  private void join(int firstClient, int firstServer) {
    if (servers.count() == firstServer || clients.count() == firstClient) {
      return;
    }
    var join = new EdgeJoin(clients, firstClient);
    int left = firstServer;
    for (int i = firstServer; i < servers.count(); i++) {
      int client = join.client(servers.hash(i), servers.step(i));
      if (client < 0) {
        servers.move(i, left++);
      } else {
        edge(
            servers.step(i),
            clients.service(client),
            servers.service(i),
            servers.has(i, EdgeEnds.ERROR) || clients.has(client, EdgeEnds.ERROR),
            servers.bucket(i),
            1);
      }
    }
    servers.truncate(left);
    left = firstClient;
    for (int i = firstClient; i < clients.count(); i++) {
      if (!join.isDone(i)) {
        clients.move(i, left++);
      }
    }
    clients.truncate(left);
  }

  /// Tells of requests whose parent is a span that calls nobody by its kind: they were called by its service, if that
  /// is another one.
  @Override
  public void complete(List<SpanBatch> batches) {
    complete(search -> batches.forEach(batch -> complete(batch, search)));
  }

  @Override
  public void completeByBlocks(Iterable<? extends BlockRef<SpanBlock>> blocks) {
    complete(
        search -> blocks.forEach(ref -> ref.open().ifPresent(block -> complete(block, search))));
  }

  private void complete(Consumer<ParentSearch> rows) {
    join(0, 0);
    if (countsEdges && servers.count() > 0) {
      var search = new ParentSearch(servers);
      rows.accept(search);
      search.end();
    }
  }

  private void complete(SpanBatch batch, ParentSearch search) {
    boolean known = false;
    for (int row = 0; row < batch.rows(); row++) {
      long start = batch.startNanos()[row];
      if (SpanGroup.isCall(batch.kind()[row]) || start < window.earliestNanos()) {
        continue;
      }
      int end =
          search.first(
              EdgeEnds.hash(batch.traceHi()[row], batch.traceLo()[row], batch.spanId()[row]));
      if (end >= 0) {
        if (!known) {
          services(batch.resources(), batch.symbols());
          known = true;
        }
        called(search, end, Steps.of(start), serviceOf[batch.resource()[row]]);
      }
    }
  }

  private void complete(SpanBlock block, ParentSearch search) {
    long[] hi = block.column(Field.TRACE_HI).values();
    long[] lo = block.column(Field.TRACE_LO).values();
    long[] ids = block.column(Field.SPAN_ID).values();
    boolean known = false;
    for (int row = 0; row < ids.length; row++) {
      int end = search.first(EdgeEnds.hash(hi[row], lo[row], ids[row]));
      if (end >= 0 && !SpanGroup.isCall((int) block.column(Field.KIND).value(row))) {
        if (!known) {
          services(block.resources(), block.resourceSymbols());
          known = true;
        }
        long start = block.column(Field.TIME).value(row);
        if (start >= window.earliestNanos()) {
          int service = serviceOf[(int) block.column(Field.RESOURCE).value(row)];
          called(search, end, Steps.of(start), service);
        }
      }
    }
  }

  /// Counts the requests whose parent is a span of this service.
  private void called(ParentSearch search, int first, long step, int service) {
    for (int end = first; end >= 0; end = search.next(end)) {
      if (search.isOpen(end, step)) {
        search.found(end);
        if (servers.service(end) != service) {
          boolean error = servers.has(end, EdgeEnds.ERROR);
          edge(servers.step(end), service, servers.service(end), error, servers.bucket(end), 1);
        }
      }
    }
  }

  @Override
  public SpanSummary build() {
    join(0, 0);
    return new SpanSummary(
        window.grain(),
        names,
        groups,
        cells.sorted(),
        edgeGroups,
        edges.sorted(),
        clients,
        servers,
        countsSenders ? Optional.of(senders.build()) : Optional.empty());
  }
}
