package io.fairlead.server.answering;

import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.transfer.Notifier;
import io.fairlead.dns.transfer.TransferTable;
import io.fairlead.dns.transfer.Transfers;
import io.fairlead.dns.tsig.SigningHandler;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as the primary of its secondaries: it signs, hands zones out and tells of new ones. */
public final class Primary implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Transfers transfers;
  private final SigningHandler signing;
  private final Notifier notifier;

  /**
   * @param answers what answers all other queries
   */
  public Primary(PacketHandler answers, InstantSource clock, RandomGenerator random) {
    transfers = new Transfers(clock, LOG::info);
    signing = new SigningHandler(answers, clock);
    notifier = new Notifier(clock, random, LOG::warn);
  }

  /** Answers queries, signed ones too. */
  public PacketHandler handler() {
    return signing;
  }

  /** Answers who asks for a whole zone. */
  public Transfers transfers() {
    return transfers;
  }

  /** From now on; who is to be told of a new serial is told. */
  public void serve(TransferTable table) {
    signing.use(table.keys());
    transfers.use(table);
    notifier.follow(table);
  }

  @Override
  public void close() {
    notifier.close();
  }
}
