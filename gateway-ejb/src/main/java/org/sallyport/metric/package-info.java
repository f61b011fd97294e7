/**
 * What operators count.
 *
 * <p>Reading order: {@link org.sallyport.metric.Happening}, what can be counted; {@link org.sallyport.metric.Tally}, who is told of it;
 * {@link org.sallyport.metric.MetricTally}, which shows it at {@code /metrics}.
 *
 * <p>Called on any thread, network event loops included: to count is one increment.
 */
@NullMarked
package org.sallyport.metric;

import org.jspecify.annotations.NullMarked;
