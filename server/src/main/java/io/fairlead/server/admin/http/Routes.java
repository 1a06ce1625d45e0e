package io.fairlead.server.admin.http;

/** A group of the admin API's paths: a class of its own, hooked in by one line where we start. */
@FunctionalInterface
public interface Routes {
  void addTo(Paths paths);
}
