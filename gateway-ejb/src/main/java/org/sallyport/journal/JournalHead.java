package org.sallyport.journal;

import java.util.UUID;

/**
 * How far a journal has come.
 *
 * @param sequence its last record's; zero where there is none
 * @param chain    its last record's
 */
public record JournalHead(UUID journal, long sequence, byte[] chain) {}
