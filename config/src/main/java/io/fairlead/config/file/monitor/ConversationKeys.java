package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Step;
import java.util.ArrayList;
import java.util.List;

/** What monitors of type tcp, tls and udp say and hear. */
final class ConversationKeys {
  static final Key<String> SEND =
      Key.otherwise(
          "send", Expectations.SENT, "nothing", "tcp, tls, udp: what is sent after connecting");
  static final Key<Expected> RECEIVE =
      Key.otherwise(
          "receive",
          Expectations.EXPECTED,
          "tcp, tls: nothing; udp: any answer",
          "tcp, tls, udp: what must come back");

  private static final Key<String> STEP_SEND =
      Key.otherwise("send", Expectations.SENT, "the step is receive", "what is said");
  private static final Key<Expected> STEP_RECEIVE =
      Key.otherwise("receive", Expectations.EXPECTED, "the step is send", "what is waited for");
  private static final KeyTable STEP_KEYS = KeyTable.of("a step", STEP_SEND, STEP_RECEIVE);
  static final Key<List<Section>> CONVERSATION =
      Key.optional(
          "conversation",
          new ListValue<>(new SectionValue(STEP_KEYS), 0),
          List.of(),
          "tcp, tls: several steps, each a send or a receive");

  private ConversationKeys() {}

  static List<Step> steps(Section monitor) {
    var steps = new ArrayList<Step>();
    String send = monitor.find(SEND);
    if (send != null) {
      steps.add(new Step.Send(send));
    }
    Expected receive = monitor.find(RECEIVE);
    if (receive != null) {
      steps.add(new Step.Receive(receive));
    }
    if (monitor.has(CONVERSATION) && !steps.isEmpty()) {
      monitor.error(CONVERSATION, "send and receive are steps of it; leave them out");
    }
    monitor.get(CONVERSATION).forEach(step -> steps.add(step(step)));
    return steps;
  }

  private static Step step(Section step) {
    String send = step.find(STEP_SEND);
    Expected receive = step.find(STEP_RECEIVE);
    if ((send == null) == (receive == null)) {
      step.error(STEP_SEND, "exactly one of send, receive is needed in a step");
    }
    return receive != null ? new Step.Receive(receive) : new Step.Send(send == null ? "" : send);
  }

  static MonitorSpec.Type udp(Section monitor) {
    String send = monitor.find(SEND);
    if (send == null) {
      monitor.error(SEND, "a monitor of type udp needs something to send; nobody answers silence");
    }
    return new MonitorSpec.Type.Same(
        new Check.Udp(send == null ? "" : send, monitor.find(RECEIVE)));
  }
}
