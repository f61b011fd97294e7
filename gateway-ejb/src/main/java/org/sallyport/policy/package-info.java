/**
 * What the operator allows: the bundle, and the rulings that follow from it.
 *
 * <p>Reading order: {@link org.sallyport.policy.PolicyBundle} and what it holds;
 * {@link org.sallyport.policy.Access}, one identity's share of it; {@link org.sallyport.policy.Ruling};
 * {@link org.sallyport.policy.Rules}, which hold for everyone, and {@link org.sallyport.policy.Grants}, what roles
 * allow; {@link org.sallyport.policy.Extent}, what a statement reaches behind what it names. The lists of reviewed functions and types are resources beside this package.
 *
 * <p>Called by {@code inbound}, on event loops: nothing here blocks but {@code PolicyBundle.load}. All types are
 * immutable or thread-safe.
 */
@NullMarked
package org.sallyport.policy;

import org.jspecify.annotations.NullMarked;
