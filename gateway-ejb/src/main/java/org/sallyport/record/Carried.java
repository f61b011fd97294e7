package org.sallyport.record;

import org.sallyport.journal.Seal;

/**
 * A record as a row of the store, with what ties it to its place in the journal.
 *
 * @param row an entity, or a checkpoint
 */
public record Carried<T>(long sequence, Seal seal, T row) {}
