/**
 * Keeping labelled values out of sight.
 *
 * <p>Reading order: {@link org.sallyport.masking.Labelling}, which columns are hidden from whom;
 * {@link org.sallyport.masking.LabelledReading}, which statements may touch them at all, by where the server says that their columns go
 * ({@link org.sallyport.masking.FlowCheck}, {@link org.sallyport.masking.ChangeCheck}), or by their text;
 * {@link org.sallyport.masking.ResultPlan}, what becomes of their values in a result;
 * {@link org.sallyport.masking.LabelledColumns}, which decides nothing, knows for the record which columns have which labels.
 *
 * <p>Called by {@code inbound}, on event loops; nothing here blocks, and all types may be shared by threads.
 */
@NullMarked
package org.sallyport.masking;

import org.jspecify.annotations.NullMarked;
