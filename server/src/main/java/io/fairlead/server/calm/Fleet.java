package io.fairlead.server.calm;

import io.fairlead.config.GuardSpec;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.Map;
import java.util.function.Function;

/**
 * All members, as calm must know them.
 *
 * @param rules what is asked of a member that failed
 * @param site where a member is; empty where nobody knows the member any more
 * @param monitored how many members are monitored at each site
 */
public record Fleet(
    Function<Subject.Member, ReturnRules> rules,
    Function<Subject.Member, String> site,
    Map<String, Integer> monitored,
    GuardSpec guard) {}
