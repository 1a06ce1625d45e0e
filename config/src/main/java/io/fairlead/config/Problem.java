package io.fairlead.config;

/**
 * One thing that is wrong with a file.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole line or file is meant
 * @param key the path of the key, such as {@code services[0].pools[1].priority}; empty where none
 *     is meant
 * @param reason what is wrong and what is allowed
 */
public record Problem(String file, int line, int column, String key, String reason) {
  /** {@code FILE:LINE:COLUMN: key: reason}, the form that editors jump to. */
  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    return text.append(reason).toString();
  }
}
