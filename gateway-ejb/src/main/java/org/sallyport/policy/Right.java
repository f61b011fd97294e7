package org.sallyport.policy;

/** What a role may allow on a relation or a function. */
public enum Right {
    READ,
    CHANGE,
    DEFINE,
    CALL;

    public String verb() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
