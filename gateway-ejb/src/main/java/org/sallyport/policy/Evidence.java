package org.sallyport.policy;

import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sallyport.sql.Statement;

/**
 * What the conditions of guardrails are held against: who asks, when, and what each statement of a text does.
 *
 * <p>Knows afterwards whether the time made a difference. Not thread-safe.
 */
public final class Evidence {
    private final Map<String, Object> asker;
    private final Instant now;
    private final Function<Statement, Map<String, Object>> facts;
    /** By which statement it is: an equal one may stand behind a definition. */
    private final Map<Statement, Map<String, Object>> known = new IdentityHashMap<>();

    private final Set<Guardrail> timed = new LinkedHashSet<>();

    /** @param facts of a statement, see {@link StatementFacts} */
    public Evidence(Access access, Instant now, Function<Statement, Map<String, Object>> facts) {
        this.asker = access.asker();
        this.now = now;
        this.facts = facts;
    }

    /** Whether the guardrail's {@code when} holds for the statement; empty where nobody can say. */
    Optional<Boolean> says(Guardrail guardrail, When when, Statement statement) {
        Map<String, Object> values = known.computeIfAbsent(statement, this::values);
        Optional<Boolean> always = when.holds(values);
        // What is prepared runs at another time, which nobody knows.
        if (always.isPresent() || !when.isTimed() || statement.kinds().contains("PREPARE")) {
            return always;
        }
        timed.add(guardrail);
        Map<String, Object> dated = new HashMap<>(values);
        dated.put("now", now);
        return when.holds(dated);
    }

    private Map<String, Object> values(Statement statement) {
        Map<String, Object> values = new HashMap<>(asker);
        values.putAll(facts.apply(statement));
        return values;
    }

    /** The guardrails that might say something else at another time. */
    public List<Guardrail> timed() {
        return List.copyOf(timed);
    }
}
