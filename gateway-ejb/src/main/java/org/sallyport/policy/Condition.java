package org.sallyport.policy;

import java.util.List;
import java.util.Set;
import org.sallyport.sql.SettingChanges;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/** When a guardrail applies to a statement of one of its kinds. */
public sealed interface Condition {

    boolean holds(Statement statement);

    /** Always. */
    record Always() implements Condition {
        @Override
        public boolean holds(Statement statement) {
            return true;
        }
    }

    /** To a DELETE or UPDATE whose WHERE is missing or always true. */
    record NoWhere() implements Condition {
        @Override
        public boolean holds(Statement statement) {
            return statement.unbounded();
        }
    }

    /**
     * To a statement with one of these names anywhere in it, whatever the schema and the quoting: a function is not only called
     * by its name before a parenthesis, but given to operators, casts, aggregates and triggers, or renamed.
     *
     * @param names patterns with {@code *}
     */
    record Calls(List<String> names) implements Condition {
        /** What stands for a function's name where nobody knows it, before its OID; it may be any. */
        public static final String UNKNOWN = "function ";

        public Calls {
            names = List.copyOf(names);
        }

        @Override
        public boolean holds(Statement statement) {
            return statement.tokens().stream().filter(Token::isName).anyMatch(token -> isNamed(token.text()));
        }

        private boolean isNamed(String name) {
            return name.startsWith(UNKNOWN) || names.stream().anyMatch(pattern -> Wildcard.matches(pattern, name));
        }
    }

    /** To a statement that may give one of these settings another value, in whatever way. */
    record Sets(Set<String> names) implements Condition {
        public Sets {
            names = Set.copyOf(names);
        }

        @Override
        public boolean holds(Statement statement) {
            return SettingChanges.of(statement).mayBeOf(names);
        }
    }
}
