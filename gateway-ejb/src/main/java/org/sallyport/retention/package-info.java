/**
 * What leaves the record again: content that has been kept long enough, or that somebody's data must be erased from. What it was
 * committed to stays, so that the chain can be checked as before.
 *
 * <p>Reading order: {@link org.sallyport.retention.RetentionHouse} looks once in a while what has expired. In a round,
 * {@link org.sallyport.retention.Purger} first carries out the purges that are on record and signed, then records what is to
 * be purged next; {@link org.sallyport.retention.PurgeStore} asks the store, as its owner. {@link org.sallyport.retention.HoldDesk}
 * takes legal holds, which stop that, and {@link org.sallyport.retention.ErasureDesk} requests.
 *
 * <p>Everything blocks. One node at a time purges.
 */
@NullMarked
package org.sallyport.retention;

import org.jspecify.annotations.NullMarked;
