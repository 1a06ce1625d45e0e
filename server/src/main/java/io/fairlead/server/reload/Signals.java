package io.fairlead.server.reload;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. The JDK has no other door to them than the module
 * jdk.unsupported; it is opened by reflection, because a mention of its names is a warning that
 * nothing can silence.
 */
public final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * Runs an action at every such signal, on a thread of its own; says so where the platform has
   * none.
   *
   * @param name without SIG, such as HUP
   */
  public static void on(String name, Runnable action) {
    try {
      handle(name, action);
    } catch (ReflectiveOperationException e) {
      Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
      LOG.warn("SIG{} is not heard here: {}", name, String.valueOf(reason));
    }
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object heard =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, _, _) ->
                Thread.ofPlatform()
                    .name("fairlead-sig" + name.toLowerCase(Locale.ROOT))
                    .start(action));
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), heard);
  }
}
