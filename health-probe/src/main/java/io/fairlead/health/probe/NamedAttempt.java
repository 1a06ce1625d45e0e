package io.fairlead.health.probe;

import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A check whose target is a name: first it is looked up, then checked where it leads to. */
final class NamedAttempt implements Probe.Attempt {
  private final Function<InetAddress, Probe.Attempt> check;
  private final Consumer<ProbeResult> done;
  private Probe.@Nullable Attempt checking;
  private boolean over;

  /**
   * @param check begins the check at an address
   */
  NamedAttempt(Function<InetAddress, Probe.Attempt> check, Consumer<ProbeResult> done) {
    this.check = check;
    this.done = done;
  }

  void found(Names.Found found) {
    if (over) {
      return;
    }
    switch (found) {
      case Names.Found.At(InetAddress address) -> checking = check.apply(address);
      case Names.Found.Nowhere(String reason) -> done.accept(new ProbeResult.Failed(reason));
      case Names.Found.NotKnown(String reason) -> done.accept(new ProbeResult.NotCounted(reason));
    }
  }

  @Override
  public String giveUp() {
    over = true;
    return checking == null ? "its name was not looked up in time" : checking.giveUp();
  }
}
