package org.sallyport.identity;

/** What became of a token. */
public sealed interface Verification {

    /** It is good, and this is whom it names. */
    record Verified(Identity identity) implements Verification {}

    /** It is not. */
    record Refused(TokenFault fault) implements Verification {}
}
