package io.fairlead.policy.spec;

/** How a pool chooses among its eligible members. */
public sealed interface Algorithm {
  /** By weight, exactly, spread smoothly. */
  record RoundRobin() implements Algorithm {}
}
