package org.sallyport.policy;

/** Is told what was looked at on the way to a ruling. */
@FunctionalInterface
public interface Trace {
    /** Where nobody asks. */
    Trace NONE = (rule, said) -> {};

    /**
     * A rule was looked at.
     *
     * @param rule a role's or guardrail's name, or that of a built-in rule
     * @param said what it says of the statement
     */
    void note(String rule, String said);
}
