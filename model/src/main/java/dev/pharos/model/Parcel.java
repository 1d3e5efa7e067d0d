package dev.pharos.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Items on their way, with what travels with them. Whoever receives a parcel owns the duty to answer its
/// acknowledgement once; the cargo itself may be shared and is never changed.
///
/// @param client who sent it; [Client#NONE] once parcels have been joined, unless whoever joined them knows better
/// @param keys the keys of the source requests that are here whole, in the order of their sources, [RequestKey#NONE]
/// for one that has none or is not whole; empty if there are none
/// @param parts the source requests that have a key and are not whole here
/// @param sources of each row the index of its source request, or an empty array where there is one source. For metrics
/// the rows are points.
public record Parcel<B extends Batch>(
    Cargo<B> cargo,
    Tenant tenant,
    Client client,
    Acknowledgement acknowledgement,
    List<RequestKey> keys,
    List<Part> parts,
    int[] sources) {

  /// A parcel of one request.
  public static <B extends Batch> Parcel<B> of(
      B batch, Tenant tenant, RequestKey key, Acknowledgement acknowledgement) {
    return of(new Cargo.Rows<>(batch), tenant, key, acknowledgement);
  }

  /// A parcel of one request.
  public static <B extends Batch> Parcel<B> of(
      Cargo<B> cargo, Tenant tenant, RequestKey key, Acknowledgement acknowledgement) {
    return new Parcel<>(
        cargo,
        tenant,
        Client.NONE,
        acknowledgement,
        key.isNone() ? List.of() : List.of(key),
        List.of(),
        new int[0]);
  }

  /// The items as rows; see [Cargo#batch].
  public B batch() {
    return cargo.batch();
  }

  /// Spans, log records or data points.
  public int items() {
    return cargo.items();
  }

  /// Heap bytes held by the cargo, within some percent.
  public long sizeBytes() {
    return cargo.sizeBytes();
  }

  public int source(int row) {
    return sources.length == 0 ? 0 : sources[row];
  }

  /// One parcel over a batch that holds the rows of these parcels one after the other.
  ///
  /// @param parcels at least one, of one [Partition]
  public static <B extends Batch> Parcel<B> join(B joined, List<Parcel<B>> parcels) {
    return parcels.size() == 1 ? parcels.get(0) : join(new Cargo.Rows<>(joined), parcels);
  }

  /// One parcel over the items of these parcels one after the other. Their rows are joined when somebody reads them.
  ///
  /// @param parcels at least one, of one [Partition]
  /// @param concat makes one batch of the rows of several, in their order
  public static <B extends Batch> Parcel<B> join(
      List<Parcel<B>> parcels, Function<List<B>, B> concat) {
    return parcels.size() == 1
        ? parcels.get(0)
        : join(new Cargo.Joined<>(parcels.stream().map(Parcel::cargo).toList(), concat), parcels);
  }

  private static <B extends Batch> Parcel<B> join(Cargo<B> joined, List<Parcel<B>> parcels) {
    if (parcels.stream().allMatch(Parcel::isAnonymous)) {
      return of(joined, parcels.get(0).tenant, RequestKey.NONE, Acknowledgement.NOBODY);
    }
    var firstSources = new int[parcels.size()];
    var acknowledgements = new ArrayList<Acknowledgement>(parcels.size());
    var keys = new ArrayList<RequestKey>(parcels.size());
    var parts = new ArrayList<Part>(0);
    int rows = joined.items();
    var sources = new int[rows];
    int row = 0;
    int first = 0;
    for (int i = 0; i < parcels.size(); i++) {
      Parcel<B> parcel = parcels.get(i);
      firstSources[i] = first;
      acknowledgements.add(parcel.acknowledgement);
      int items = parcel.items();
      for (int j = 0; j < items; j++) {
        sources[row++] = first + parcel.source(j);
      }
      int width = parcel.sourceCount();
      for (int j = 0; j < width; j++) {
        keys.add(j < parcel.keys.size() ? parcel.keys.get(j) : RequestKey.NONE);
      }
      for (Part part : parcel.parts) {
        parts.add(part.withSource(first + part.source()));
      }
      first += width;
    }
    return new Parcel<>(
        joined,
        parcels.get(0).tenant,
        Client.NONE,
        new Merged(List.copyOf(acknowledgements), firstSources),
        anyKey(keys) ? List.copyOf(keys) : List.of(),
        List.copyOf(parts),
        sources);
  }

  /// Whether nobody wants to know which request a row came from.
  private boolean isAnonymous() {
    return acknowledgement == Acknowledgement.NOBODY && keys.isEmpty() && parts.isEmpty();
  }

  private static boolean anyKey(List<RequestKey> keys) {
    return keys.stream().anyMatch(key -> !key.isNone());
  }

  /// This parcel in pieces, each answered apart. A request whose rows come into several pieces is a [Part] of each.
  ///
  /// @param pieces at least one; together they hold the rows of this one, in its order
  public List<Parcel<B>> cut(List<B> pieces) {
    List<Acknowledgement> answers = acknowledgement.split(pieces.size());
    int width = sourceCount();
    int[] all = rowsBySource(width, 0, items());
    var before = new int[width];
    var made = new ArrayList<Parcel<B>>(pieces.size());
    int row = 0;
    for (int i = 0; i < pieces.size(); i++) {
      int end = row + pieces.get(i).items();
      int[] here = rowsBySource(width, row, end);
      var keysHere = new ArrayList<RequestKey>(Collections.nCopies(keys.size(), RequestKey.NONE));
      var partsHere = new ArrayList<Part>(0);
      for (int source = 0; source < keys.size(); source++) {
        RequestKey key = keys.get(source);
        if (key.isNone() || here[source] == 0) {
          continue;
        }
        if (here[source] == all[source]) {
          keysHere.set(source, key);
        } else {
          partsHere.add(Part.of(source, key, before[source], before[source] + here[source]));
        }
      }
      for (Part part : parts) {
        int source = part.source();
        if (here[source] > 0) {
          partsHere.add(part.slice(before[source], before[source] + here[source]));
        }
      }
      int[] sourcesHere = sources.length == 0 ? sources : Arrays.copyOfRange(sources, row, end);
      made.add(
          new Parcel<>(
              new Cargo.Rows<>(pieces.get(i)),
              tenant,
              client,
              answers.get(i),
              anyKey(keysHere) ? List.copyOf(keysHere) : List.of(),
              List.copyOf(partsHere),
              sourcesHere));
      for (int source = 0; source < width; source++) {
        before[source] += here[source];
      }
      row = end;
    }
    return made;
  }

  private int[] rowsBySource(int width, int from, int to) {
    var rows = new int[width];
    if (sources.length == 0) {
      rows[0] = to - from;
      return rows;
    }
    for (int row = from; row < to; row++) {
      rows[sources[row]]++;
    }
    return rows;
  }

  /// How many requests the rows come from.
  public int sourceCount() {
    int most = Math.max(0, keys.size() - 1);
    for (int source : sources) {
      most = Math.max(most, source);
    }
    return most + 1;
  }

  /// What this parcel and another have to agree in to be joined.
  public Partition partition() {
    return new Partition(tenant, client.metadata());
  }

  /// The same on the same way with another acknowledgement.
  public Parcel<B> with(Acknowledgement other) {
    return new Parcel<>(cargo, tenant, client, other, keys, parts, sources);
  }

  /// The same of another client.
  public Parcel<B> with(Client other) {
    return other == client
        ? this
        : new Parcel<>(cargo, tenant, other, acknowledgement, keys, parts, sources);
  }

  /// The same items when nobody wants to know any more what became of them.
  public Parcel<B> anonymous() {
    return of(cargo, tenant, RequestKey.NONE, Acknowledgement.NOBODY);
  }

  /// The same under keys that depend on `seed` too, where another parcel of the same requests must not be taken for a
  /// resend of this one.
  public Parcel<B> rekeyed(long seed) {
    if (keys.isEmpty() && parts.isEmpty()) {
      return this;
    }
    List<RequestKey> otherKeys = keys.stream().map(key -> key.mixedWith(seed)).toList();
    List<Part> otherParts =
        parts.stream().map(part -> part.withKey(part.key().mixedWith(seed))).toList();
    return new Parcel<>(cargo, tenant, client, acknowledgement, otherKeys, otherParts, sources);
  }

  /// An edited batch of the same rows in place of this one.
  public Parcel<B> with(B edited) {
    return new Parcel<>(
        new Cargo.Rows<>(edited), tenant, client, acknowledgement, keys, parts, sources);
  }

  /// A batch of some of the rows in place of this one. A request that was whole before counts as whole still: what left
  /// it out leaves it out of a resend too.
  ///
  /// @param survivors of each row of `edited` its row in this batch, rising
  public Parcel<B> with(B edited, int[] survivors) {
    var newSources = new int[sources.length == 0 ? 0 : survivors.length];
    for (int i = 0; i < newSources.length; i++) {
      newSources[i] = sources[survivors[i]];
    }
    return new Parcel<>(
        new Cargo.Rows<>(edited),
        tenant,
        client,
        acknowledgement,
        keys,
        survivingParts(survivors),
        newSources);
  }

  private List<Part> survivingParts(int[] survivors) {
    var surviving = new ArrayList<Part>(parts.size());
    for (Part part : parts) {
      int[] positions = part.positions();
      int kept = 0;
      int ordinal = 0;
      int next = 0;
      for (int row = 0; row < items(); row++) {
        boolean survives = next < survivors.length && survivors[next] == row;
        next += survives ? 1 : 0;
        if (source(row) == part.source()) {
          if (survives) {
            positions[kept++] = positions[ordinal];
          }
          ordinal++;
        }
      }
      if (kept > 0) {
        surviving.add(part.only(positions, kept));
      }
    }
    return List.copyOf(surviving);
  }
}
