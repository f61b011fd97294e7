/**
 * The record: what was asked, decided and done, durable before it is released.
 *
 * <p>Reading order: {@link org.sallyport.record.SessionRecord}, {@link org.sallyport.record.StatementRecord},
 * {@link org.sallyport.record.OutcomeRecord} and {@link org.sallyport.record.SessionEndRecord} are what is stored, rows that
 * are added and never changed; {@link org.sallyport.record.Chronicle} reads them back for the API and the console.
 */
@NullMarked
package org.sallyport.record;

import org.jspecify.annotations.NullMarked;
