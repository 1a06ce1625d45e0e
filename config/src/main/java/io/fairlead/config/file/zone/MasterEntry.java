package io.fairlead.config.file.zone;

import io.fairlead.dns.zone.StaticRecord;

/** What one entry of a master file came to. */
public sealed interface MasterEntry {
  /** The line of the text where the entry begins, from 0. */
  int line();

  record Good(StaticRecord record, int line) implements MasterEntry {}

  record Bad(String reason, int line) implements MasterEntry {}
}
