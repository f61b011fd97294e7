package org.sallyport.policy;

/** What a role may allow on a relation. */
public enum Right {
    READ,
    CHANGE,
    DEFINE;

    public String verb() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
