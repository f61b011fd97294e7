/**
 * The command that finds what was changed in a record: in a store, in what journals have left behind, or in both, by checkpoints that
 * were signed and perhaps anchored elsewhere. docs/recording.md says what it checks, for whoever would write another.
 *
 * <p>Reading order: {@link org.sallyport.verify.Main} reads the command line, {@link org.sallyport.verify.Verifier} goes from journal
 * to journal. {@link org.sallyport.verify.StoreCheck} and {@link org.sallyport.verify.FolderCheck} bring the records of one in their
 * order to a {@link org.sallyport.verify.ChainCheck}, which says what does not fit, in {@link org.sallyport.verify.Findings}.
 *
 * <p>One thread; reads what it checks once, and keeps none of it.
 */
@NullMarked
package org.sallyport.verify;

import org.jspecify.annotations.NullMarked;
