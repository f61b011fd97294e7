/**
 * Rights for a time: what a person gives somebody on a connection, until it ends by itself or is taken back.
 *
 * <p>Reading order: {@link org.sallyport.grant.Grant} is one as the store has it. {@link org.sallyport.grant.GrantDesk} is where people
 * come to, who are told an {@link org.sallyport.grant.Outcome}; {@link org.sallyport.grant.GrantOffice} decides whether they may, by what
 * the policy says, and puts it on record, from where it comes into the store. {@link org.sallyport.grant.GrantHouse} reads the store
 * again and again, on each node, through {@link org.sallyport.grant.StoredGrants}; {@link org.sallyport.grant.GrantBook} says what is in
 * force, and nothing where the store has not answered lately.
 *
 * <p>The book may be asked on an event loop, and does not block. Everything else blocks.
 */
@NullMarked
package org.sallyport.grant;

import org.jspecify.annotations.NullMarked;
