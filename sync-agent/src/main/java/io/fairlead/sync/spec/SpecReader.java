package io.fairlead.sync.spec;

/**
 * Reads the specs of our own objects, whose keys are those of the configuration file: who reads
 * that file reads these. Equal readers read alike.
 */
public interface SpecReader {
  /**
   * What a GlobalService says.
   *
   * @param spec JSON
   * @throws IllegalArgumentException saying what is wrong with it
   */
  GlobalServiceSpec service(String spec);

  /**
   * Looks at a HealthMonitor.
   *
   * @param spec JSON
   * @return whether it is of HTTP, so that others can take it for a template
   * @throws IllegalArgumentException saying what is wrong with it
   */
  boolean isHttpMonitor(String spec);
}
