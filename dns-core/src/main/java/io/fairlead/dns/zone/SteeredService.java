package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service, compiled: its RRsets by type. A type that is not among them is NODATA (RFC 2308
 * section 2.2). Immutable.
 */
public final class SteeredService {
  /** One for the many that have none. */
  private static final SteeredBinding[] NO_BINDINGS = {};

  private final Name name;

  /** The first of {@link #rrsets}: nearly always the one that is asked for, and a load nearer. */
  private final @Nullable SteeredRrSet first;

  private final SteeredRrSet[] rrsets;
  private final SteeredBinding[] bindings;

  /** A service without bindings. */
  public SteeredService(Name name, List<SteeredRrSet> rrsets) {
    this(name, rrsets, List.of());
  }

  public SteeredService(Name name, List<SteeredRrSet> rrsets, List<SteeredBinding> bindings) {
    this.name = name;
    this.first = rrsets.isEmpty() ? null : rrsets.getFirst();
    this.rrsets = rrsets.toArray(SteeredRrSet[]::new);
    this.bindings = bindings.isEmpty() ? NO_BINDINGS : bindings.toArray(SteeredBinding[]::new);
  }

  public Name name() {
    return name;
  }

  /** For cold paths. */
  public List<SteeredRrSet> rrsets() {
    return List.of(rrsets);
  }

  /** For cold paths. */
  public List<SteeredBinding> bindings() {
    return List.of(bindings);
  }

  /** The RRset of a type; there are few, so they are walked over. */
  @Nullable SteeredRrSet find(int type) {
    if (first != null && first.type() == type) {
      return first;
    }
    for (SteeredRrSet rrset : rrsets) {
      if (rrset.type() == type) {
        return rrset;
      }
    }
    return null;
  }

  /** The binding of a type. */
  @Nullable SteeredBinding binding(int type) {
    for (SteeredBinding binding : bindings) {
      if (binding.type() == type) {
        return binding;
      }
    }
    return null;
  }

  /** Some RRset: enough for ANY (RFC 8482 section 4.1). */
  @Nullable SteeredRrSet first() {
    return first;
  }
}
