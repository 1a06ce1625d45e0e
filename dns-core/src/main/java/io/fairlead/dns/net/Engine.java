package io.fairlead.dns.net;

/** How datagrams are read and written; TCP is always Netty's. */
public enum Engine {
  /** The batch engine where the machine can have it, else Netty. */
  AUTO,
  /** Linux's system calls for many datagrams at once, from Java. */
  BATCH,
  NETTY
}
