package org.sallyport.retention;

import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.HoldRecord.Scope;
import org.sallyport.record.HoldRecord.Word;

/**
 * A legal hold as the store has it.
 *
 * @param released by whom and why, where it was
 */
public record Hold(UUID id, Scope scope, Word placed, Optional<Word> released) {}
