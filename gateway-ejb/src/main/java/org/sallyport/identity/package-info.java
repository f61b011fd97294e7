/**
 * Who is calling: tokens are verified here and become identities; and as whom the gateway calls on.
 *
 * <p>Reading order: {@link org.sallyport.identity.TrustedIssuer}, whose tokens are believed, with the
 * {@link org.sallyport.identity.NameTemplate} and the {@link org.sallyport.identity.GroupSource} that make names of claims;
 * {@link org.sallyport.identity.TokenVerifier}, its {@link org.sallyport.identity.Verification} and
 * {@link org.sallyport.identity.TokenFault}; {@link org.sallyport.identity.Identity}, what the rest of the application knows
 * of a caller. {@code IssuerKeys} keeps an issuer's keys, {@code KeyFetch} gets them.
 * {@link org.sallyport.identity.DatabaseCredentials} finds the gateway's own logins.
 *
 * <p>Called by {@code inbound} at admission, on threads that may block: keys may have to be fetched.
 */
@NullMarked
package org.sallyport.identity;

import org.jspecify.annotations.NullMarked;
