package io.fairlead.server.reload;

/** Something on disk that is read again when it is another than before. */
public interface Watchable {
  /** What a look tells: equal stamps are the same, as far as a look can tell. */
  Object stamp();

  /** What a look told when it was last read. */
  Object lastRead();

  /** For people. */
  String name();
}
