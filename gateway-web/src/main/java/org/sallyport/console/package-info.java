/**
 * The console for people: what waits, what ran, and the word that releases it.
 *
 * <p>Reading order: {@link org.sallyport.console.Visitor} is who looks; {@link org.sallyport.console.WaitingRoom} shows {@link
 * org.sallyport.console.HeldCard}s, {@link org.sallyport.console.DecisionDesk} decides one; {@link
 * org.sallyport.console.SessionList} and {@link org.sallyport.console.SessionPage} show the record. {@link
 * org.sallyport.console.Plain} makes text that strangers wrote safe to look at.
 *
 * <p>Runs on the server's request threads. The pages are behind web.xml's constraints, the beans they ask behind {@code
 * @RolesAllowed}.
 */
@NullMarked
package org.sallyport.console;

import org.jspecify.annotations.NullMarked;
