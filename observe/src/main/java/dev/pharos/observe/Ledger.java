package dev.pharos.observe;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The one account book of memory: every part that holds telemetry opens an account with a limit, and the limits sum to
/// at most the ledger's capacity. Any thread.
public final class Ledger {
  private final long capacityBytes;
  private final List<Account> accounts = new CopyOnWriteArrayList<>();

  public Ledger(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /// A ledger of 85 % of the heap this process may use.
  public static Ledger ofHeap() {
    return new Ledger((long) (Runtime.getRuntime().maxMemory() * 0.85));
  }

  /// Opens an account.
  ///
  /// @param share of the capacity, above 0 and at most 1
  /// @throws IllegalArgumentException if the name is taken or the shares would pass 1
  public Account open(String name, double share) {
    synchronized (accounts) {
      long limit = (long) (capacityBytes * share);
      long before = accounts.stream().mapToLong(Account::limitBytes).sum();
      if (share <= 0 || before + limit > capacityBytes) {
        throw new IllegalArgumentException(
            "account "
                + name
                + ": share "
                + share
                + " (expected: above 0, with "
                + before
                + " of "
                + capacityBytes
                + " bytes given away)");
      }
      if (accounts.stream().anyMatch(account -> account.name().equals(name))) {
        throw new IllegalArgumentException("account " + name + " is open already");
      }
      var account = new Account(name, limit);
      accounts.add(account);
      return account;
    }
  }

  /// Gives an account's share and name free; whatever it is still charged with is forgotten.
  public void close(Account account) {
    accounts.remove(account);
  }

  public Collection<Account> accounts() {
    return List.copyOf(accounts);
  }

  public long capacityBytes() {
    return capacityBytes;
  }

  public long usedBytes() {
    long used = 0;
    for (Account account : accounts) {
      used += account.usedBytes();
    }
    return used;
  }
}
