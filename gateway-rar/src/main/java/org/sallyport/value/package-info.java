/**
 * What is shown of the values of masked columns.
 *
 * <p>{@link org.sallyport.value.Masker} goes through the rows of one result, {@link org.sallyport.value.CopyMasker} through the data of one
 * COPY TO STDOUT ({@code LineRows} with {@code TextFields} or {@code CsvFields}, {@code BinaryRows}); {@code ValueMasks} finds for each column the
 * {@code ValueMask} that its mask, type and format ask for; {@code Screen} looks for what detectors are for. Where there is none, or a value is not what its type says, NULL is
 * shown; lengths that do not fit end the session. The work for a value grows with its length and no faster, or is bounded.
 *
 * <p>Called on a session's event loop. Instances belong to one result and are not thread-safe.
 */
@NullMarked
package org.sallyport.value;

import org.jspecify.annotations.NullMarked;
