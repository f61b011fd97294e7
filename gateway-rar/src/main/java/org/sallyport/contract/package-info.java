/**
 * The contract between the resource adapter and the application: the message listener and its values.
 *
 * <p>Reading order: {@link org.sallyport.contract.GatewayListener}, then its four questions' values:
 * {@link org.sallyport.contract.ConnectionAttempt} and {@link org.sallyport.contract.Admission};
 * {@link org.sallyport.contract.StatementAttempt} and {@link org.sallyport.contract.Verdict};
 * {@link org.sallyport.contract.ResultShape} and {@link org.sallyport.contract.MaskingPlan};
 * {@link org.sallyport.contract.SessionEnd}. What needs no question goes through {@link org.sallyport.contract.Deputy}, with
 * {@link org.sallyport.contract.StatementOutcome}.
 *
 * <p>Plain Java: no Netty and no Jakarta types, so that either side can be tested alone. All values are immutable and
 * may be handed between threads, except {@link org.sallyport.contract.Secret}, which its owner destroys.
 */
@NullMarked
package org.sallyport.contract;

import org.jspecify.annotations.NullMarked;
