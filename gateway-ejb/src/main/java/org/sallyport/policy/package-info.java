/**
 * What the operator allows: the bundle, and the rulings that follow from it.
 *
 * <p>Reading order: {@link org.sallyport.policy.PolicyBundle} and what it holds;
 * {@link org.sallyport.policy.Access}, one identity's share of it; {@link org.sallyport.policy.Ruling}.
 *
 * <p>Called by {@code inbound}, on event loops: nothing here blocks but {@code PolicyBundle.load}. All types are
 * immutable or thread-safe.
 */
@NullMarked
package org.sallyport.policy;

import org.jspecify.annotations.NullMarked;
