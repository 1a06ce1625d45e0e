package io.fairlead.config.file.zone;

import io.fairlead.dns.zone.StaticRecord;

/** What one entry of a master file came to. */
public sealed interface MasterEntry {
  MasterPlace place();

  record Good(StaticRecord record, MasterPlace place) implements MasterEntry {}

  record Bad(String reason, MasterPlace place) implements MasterEntry {}
}
