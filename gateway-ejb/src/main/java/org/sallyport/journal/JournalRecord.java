package org.sallyport.journal;

/**
 * A record as it was appended.
 *
 * @param sequence counts the journal's records from 1, without gaps
 * @param payload  the reader's own
 */
public record JournalRecord(long sequence, byte[] payload) {}
