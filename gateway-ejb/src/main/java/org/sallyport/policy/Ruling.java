package org.sallyport.policy;

import org.sallyport.contract.Refusal;
import org.sallyport.contract.Visibility;

/** What the policy says of a statement, and by which rule. */
public sealed interface Ruling {

    /** The rule that decided: a role, a guardrail, or a built-in rule such as {@code default deny}. */
    String rule();

    /** The same with results that are shown no more freely than so. */
    default Ruling within(Visibility limit) {
        return this;
    }

    private static Visibility stricter(Visibility one, Visibility other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** It may run. */
    record Permit(String rule, Visibility visibility) implements Ruling {
        @Override
        public Ruling within(Visibility limit) {
            return new Permit(rule, Ruling.stricter(visibility, limit));
        }
    }

    /** It may run, and whoever sent it is told what the guardrail says of it. */
    record Warn(Guardrail guardrail, Visibility visibility) implements Ruling {
        @Override
        public Ruling within(Visibility limit) {
            return new Warn(guardrail, Ruling.stricter(visibility, limit));
        }

        @Override
        public String rule() {
            return guardrail.name();
        }
    }

    /** Why something may not run. */
    enum Ground {
        /** No role gives it, or a guardrail stands against it. */
        POLICY,
        /** Nobody has reviewed what it would run or could do. */
        UNREVIEWED,
        /** Whatever the policy says: a value to be masked would be shown, or gateway and server would read texts differently. */
        LAW
    }

    /** It may not. */
    record Deny(Ground ground, String rule, Refusal refusal) implements Ruling {
        /** Whether the text and the server name different things. */
        public boolean isOfCrossCheck() {
            return ground == Ground.LAW && rule.equals(Refusals.CROSS_CHECK);
        }
    }

    /**
     * It may run once a person has approved it.
     *
     * @param summary    one line for the approver: kinds and relations, no values
     * @param visibility of its results once it runs
     */
    record Hold(Guardrail guardrail, String summary, Visibility visibility) implements Ruling {
        @Override
        public Ruling within(Visibility limit) {
            return new Hold(guardrail, summary, Ruling.stricter(visibility, limit));
        }

        @Override
        public String rule() {
            return guardrail.name();
        }
    }
}
