package org.sallyport.journal;

/**
 * A record as it was appended.
 *
 * @param sequence counts the journal's records from 1, without gaps
 * @param payload  the reader's own
 * @param chain    what it is chained to and itself, in one hash: equal only where all records up to it are
 */
public record JournalRecord(long sequence, byte[] payload, Seal seal, byte[] chain) {}
