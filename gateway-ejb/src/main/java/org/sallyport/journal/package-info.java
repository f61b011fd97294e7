/**
 * The journal: what must not be lost, on this node's own disk, in order, each record chained to the one before it.
 *
 * <p>Reading order: {@link org.sallyport.journal.Journal} takes records and says when they are durable;
 * {@link org.sallyport.journal.Segment} is one file of it, {@link org.sallyport.journal.RecordFrame} the layout of one record and
 * {@link org.sallyport.journal.Chain} what ties it to those before;
 * {@link org.sallyport.journal.JournalReader} reads back what was appended, for whoever carries it on, and
 * {@link org.sallyport.journal.JournalFile} what a journal has left behind, for whoever checks it;
 * {@link org.sallyport.journal.JournalSettings} and {@link org.sallyport.journal.Durability} say how much and how safe.
 *
 * <p>It knows nothing of what the records mean. {@code Journal} may be called on any thread, event loops included; one thread
 * of its own touches the disk.
 */
@NullMarked
package org.sallyport.journal;

import org.jspecify.annotations.NullMarked;
