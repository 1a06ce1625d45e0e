package io.fairlead.house;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All code that a call may run through, found by following the calls; one through an interface
 * reaches every implementation. Too much rather than too little: branches are not understood. Only
 * the code for people is left out: methods {@code explain...}, classes {@code Explanation...}; and
 * what a query with TSIG costs, classes {@code Tsig...} and methods {@code signed...}.
 */
final class Reach {
  /** Each code unit that is reached, and who called it first; null = it is a root. */
  private final Map<JavaCodeUnit, @Nullable JavaCodeUnit> callers = new LinkedHashMap<>();

  private Reach() {}

  /** From every implementation of an interface's method. */
  static Reach from(JavaClasses classes, Class<?> type, String method) {
    return new Reach().and(classes, type, method);
  }

  Reach and(JavaClasses classes, Class<?> type, String method) {
    var next = new ArrayDeque<JavaCodeUnit>();
    classes.stream()
        .filter(found -> found.isAssignableTo(type))
        .flatMap(found -> found.getMethods().stream())
        .filter(found -> found.getName().equals(method))
        .forEach(root -> reached(root, null, next));
    while (!next.isEmpty()) {
      JavaCodeUnit caller = next.remove();
      for (JavaAccess<?> access : caller.getAccessesFromSelf()) {
        if (access.getTarget() instanceof CodeUnitAccessTarget target) {
          candidates(target).forEach(callee -> reached(callee, caller, next));
        }
      }
    }
    return this;
  }

  private void reached(
      JavaCodeUnit unit, @Nullable JavaCodeUnit caller, ArrayDeque<JavaCodeUnit> next) {
    boolean ours = unit.getOwner().getPackageName().startsWith("io.fairlead");
    boolean forPeople =
        unit.getName().startsWith("explain")
            || unit.getOwner().getSimpleName().startsWith("Explanation");
    boolean forSecondaries =
        unit.getName().startsWith("signed") || unit.getOwner().getSimpleName().startsWith("Tsig");
    if (ours && !forPeople && !forSecondaries && !callers.containsKey(unit)) {
      callers.put(unit, caller);
      next.add(unit);
    }
  }

  /** What a call may mean: the target itself, and whatever overrides it. */
  private static Stream<JavaCodeUnit> candidates(CodeUnitAccessTarget target) {
    Stream<JavaCodeUnit> itself = target.resolveMember().map(JavaCodeUnit.class::cast).stream();
    String[] parameters =
        target.getRawParameterTypes().stream().map(JavaClass::getFullName).toArray(String[]::new);
    Stream<JavaMethod> overriding =
        target.getOwner().getAllSubclasses().stream()
            .flatMap(type -> type.tryGetMethod(target.getName(), parameters).stream());
    return Stream.concat(itself, overriding);
  }

  Set<JavaCodeUnit> codeUnits() {
    return callers.keySet();
  }

  Set<String> packages() {
    return callers.keySet().stream()
        .map(unit -> unit.getOwner().getPackageName())
        .collect(Collectors.toSet());
  }

  /** How it was reached: from the root to the code unit. */
  String path(JavaCodeUnit unit) {
    String name = unit.getOwner().getSimpleName() + "." + unit.getName();
    JavaCodeUnit caller = callers.get(unit);
    return caller == null ? name : path(caller) + " > " + name;
  }
}
