package org.sallyport.verify;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.journal.Seal;

/**
 * One record as it was found.
 *
 * @param payload null where what was found is none
 * @param purge   which is said to have taken its content
 * @param place   where it was found, for people
 */
record Entry(long sequence, Seal seal, byte @Nullable [] payload, Optional<UUID> purge, String place) {
    Entry(long sequence, Seal seal, byte @Nullable [] payload, String place) {
        this(sequence, seal, payload, Optional.empty(), place);
    }
}
