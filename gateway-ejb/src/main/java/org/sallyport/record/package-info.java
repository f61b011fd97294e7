/**
 * The record: what was asked, decided and done, durable before it is released.
 *
 * <p>Reading order: {@link org.sallyport.record.SessionRecord}, {@link org.sallyport.record.StatementRecord},
 * {@link org.sallyport.record.OutcomeRecord} and {@link org.sallyport.record.SessionEndRecord} are what is stored, rows that
 * are added and never changed, their texts made by {@link org.sallyport.record.Transcript}.
 * {@link org.sallyport.record.Recorder} makes them durable in the journal, as {@link org.sallyport.record.RecordFormat} lays them
 * out; {@link org.sallyport.record.Shipper} carries them into the store, each a {@link org.sallyport.record.Carried} with its place in the
 * journal, through {@link org.sallyport.record.Ledger} and
 * {@link org.sallyport.record.Rows}; {@link org.sallyport.record.RecordHouse} keeps both at work. {@link org.sallyport.record.StoreSchema} brings the store
 * up to date, {@link org.sallyport.record.StoreCalendar} makes its days,
 * {@link org.sallyport.record.StoreGrants} lets the gateway's role add to it, {@link org.sallyport.record.StorePulse} says whether it answers. {@link org.sallyport.record.Chronicle} reads
 * back, for the API and the console, what a {@link org.sallyport.record.Search} by {@link org.sallyport.record.Criterion} looks for.
 *
 * <p>{@code Recorder} and {@code Transcript} may be called on event loops; everything else asks the store and blocks.
 */
@NullMarked
package org.sallyport.record;

import org.jspecify.annotations.NullMarked;
