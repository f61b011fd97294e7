/**
 * Sends what is on record to others, at least once each.
 *
 * <p>Reading order: {@link org.sallyport.export.Event} is a record of the store as others get it; {@link org.sallyport.export.Ocsf} and
 * {@link org.sallyport.export.Otlp} word it; {@link org.sallyport.export.Sink} takes it, {@link org.sallyport.export.FileSink}, {@link
 * org.sallyport.export.SyslogSink} or {@link org.sallyport.export.OtlpSink}; {@link org.sallyport.export.Courier} reads the store and remembers
 * how far a sink has got, {@link org.sallyport.export.Exporting} has it go on and on; {@link org.sallyport.export.ExportSettings} says to where,
 * {@link org.sallyport.export.ExportHouse} starts it.
 *
 * <p>Each sink has a thread of its own, which blocks. Nobody else waits for it.
 */
@NullMarked
package org.sallyport.export;

import org.jspecify.annotations.NullMarked;
