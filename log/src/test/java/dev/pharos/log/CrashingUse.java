package dev.pharos.log;

import java.util.Optional;
import java.util.Random;

/// Something in use on a disk that fails, life after life: each ends with a power cut or a kill, at the latest when its
/// steps are done, and the next goes on with what is left. One thread.
public abstract class CrashingUse {
  /// Several lives.
  ///
  /// @param first steps of a life before them that ends when they are done; 0 for none
  /// @param count how many
  /// @param steps that each has, if the disk lasts
  /// @param soon operations after which half of them are cut at the latest
  /// @param late the same of the other half
  public record Lives(int first, int count, int steps, int soon, int late) {}

  private final long seed;
  protected final Random random;
  private PowerCutDisk disk;
  private ForceHook forces = (site, name) -> ForceHook.Outcome.PROCEED;

  protected CrashingUse(long seed) {
    this.seed = seed;
    random = new Random(seed);
    disk = new PowerCutDisk(seed);
  }

  /// The disk of the next life, or of this one.
  public final PowerCutDisk disk() {
    return disk;
  }

  /// Leaves out the forces of one site from now on.
  public final void ignore(ForceSite ignored) {
    forces =
        (site, name) -> site.equals(ignored) ? ForceHook.Outcome.IGNORE : ForceHook.Outcome.PROCEED;
    disk.onForce(forces);
  }

  protected final void letForcesFail() {
    disk.onForce((site, name) -> ForceHook.Outcome.FAIL);
  }

  /// Ends [#letForcesFail].
  protected final void letForcesBe() {
    disk.onForce(forces);
  }

  /// Uses it for some steps or until the disk is dead, and goes on with what is left after that.
  public final void live(int steps) {
    try {
      use(steps);
    } catch (PowerCut expected) {
      // The end of this life.
    }
    disk = random.nextInt(3) == 0 ? disk.kill() : disk.restart();
    disk.onForce(forces);
  }

  /// Opens it, looks whether all is as it must be, and goes some steps on.
  protected abstract void use(int steps);

  /// Opens it a last time and looks.
  public abstract void finish();

  /// Lives several lives and gives what went wrong.
  public final Optional<Throwable> violation(Lives lives) {
    var cuts = new Random(~seed);
    try {
      if (lives.first > 0) {
        live(lives.first);
      }
      for (int life = 0; life < lives.count; life++) {
        disk.cutAt(1 + cuts.nextInt(cuts.nextBoolean() ? lives.soon : lives.late));
        live(lives.steps);
      }
      finish();
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    }
  }
}
