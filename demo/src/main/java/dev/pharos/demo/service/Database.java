package dev.pharos.demo.service;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A service's database in memory, behind a fixed number of connections: whoever finds none waits a while and fails. It
/// can be made to lose them. Any thread.
final class Database implements AutoCloseable {
  static final int SIZE = 4;
  private static final double LOST_SHARE = 0.1;

  private final BlockingQueue<Connection> free = new ArrayBlockingQueue<>(SIZE);
  private final Queue<Connection> lost = new ConcurrentLinkedQueue<>();
  private final long patienceMillis;
  private volatile boolean leaking;

  private Database(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /// Opens the database that the script of its name in this package makes.
  static Database open(String name, long patienceMillis) throws SQLException {
    var opened = new Database(patienceMillis);
    String url = "jdbc:h2:mem:" + name;
    String made = ";INIT=RUNSCRIPT FROM 'classpath:dev/pharos/demo/service/" + name + ".sql'";
    for (int i = 0; i < SIZE; i++) {
      opened.free.add(DriverManager.getConnection(i == 0 ? url + made : url));
    }
    return opened;
  }

  /// Runs a statement that changes rows.
  void update(String sql, Object... values) throws SQLException, InterruptedException {
    try (var lease = take();
        PreparedStatement statement = lease.prepare(sql, values)) {
      statement.executeUpdate();
    }
  }

  /// Runs a query for one number.
  int number(String sql, Object... values) throws SQLException, InterruptedException {
    try (var lease = take();
        PreparedStatement statement = lease.prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /// A connection until it is closed.
  private final class Lease implements AutoCloseable {
    private final Connection connection;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    PreparedStatement prepare(String sql, Object... values) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    }

    @Override
    public void close() {
      boolean loses = leaking && ThreadLocalRandom.current().nextDouble() < LOST_SHARE;
      (loses ? lost : free).add(connection);
    }
  }

  /// @throws SQLTransientConnectionException if none becomes free in time
  private Lease take() throws SQLException, InterruptedException {
    Connection connection = free.poll(patienceMillis, TimeUnit.MILLISECONDS);
    if (connection == null) {
      throw new SQLTransientConnectionException(
          "no free connection: all " + SIZE + " are in use, waited " + patienceMillis + " ms");
    }
    return new Lease(connection);
  }

  /// Whether every tenth lease forgets to give its connection back; those lost come back with `false`.
  void leak(boolean on) {
    leaking = on;
    if (!on) {
      for (Connection one = lost.poll(); one != null; one = lost.poll()) {
        free.add(one);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    leak(false);
    for (Connection one = free.poll(); one != null; one = free.poll()) {
      one.close();
    }
  }
}
