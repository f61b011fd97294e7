/**
 * Measures the gateway beside what it competes with, all in one run on one machine.
 *
 * <p>Reading order: {@code SideBySide} starts the {@code Level}s, has {@code Pgbench} and {@code BulkRead} measure them in turn
 * and prints the {@code Report}. {@code FramingRelay} and {@code ProxyAlone} are levels that run as processes of their own.
 * {@code FrameReaderBenchmark} is for JMH.
 */
@NullMarked
package org.sallyport.benchmarks;

import org.jspecify.annotations.NullMarked;
