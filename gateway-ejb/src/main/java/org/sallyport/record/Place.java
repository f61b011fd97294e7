package org.sallyport.record;

import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * Which record of which journal a row of the store is, and what stands for it in the chain.
 *
 * @param commitment SHA-256 of the salt and the record as it stands in the journal
 */
@Embeddable
public record Place(UUID journal, long sequence, byte[] salt, byte[] commitment) {}
