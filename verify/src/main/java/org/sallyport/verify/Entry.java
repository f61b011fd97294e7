package org.sallyport.verify;

import org.jspecify.annotations.Nullable;
import org.sallyport.journal.Seal;

/**
 * One record as it was found.
 *
 * @param payload null where what was found is none
 * @param place   where it was found, for people
 */
record Entry(long sequence, Seal seal, byte @Nullable [] payload, String place) {}
