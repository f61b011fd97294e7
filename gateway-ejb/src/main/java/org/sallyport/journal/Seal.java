package org.sallyport.journal;

/**
 * What stands for a record's payload in the chain.
 *
 * @param salt       random, so that nobody can try out what a commitment may be of
 * @param commitment see {@link Chain}
 */
public record Seal(byte[] salt, byte[] commitment) {}
