/**
 * Where the adapter's questions come in and are given to the features.
 *
 * <p>Reading order: {@link org.sallyport.inbound.GatewayBean}, the only message-driven bean, unpacks and delegates:
 * {@code admit} to {@link org.sallyport.inbound.Reception}, everything about an admitted session to
 * {@link org.sallyport.inbound.SessionDesk}, which makes sure that the caller is the session's own.
 * {@link org.sallyport.inbound.Hearing} takes one statement from the question to the verdict, with
 * {@link org.sallyport.inbound.Judge}, which decides it, and {@link org.sallyport.inbound.Docket}, which puts it on record;
 * {@link org.sallyport.inbound.Unmasking} judges what asks to see labels in the clear, {@link org.sallyport.inbound.Screening} has results
 * without labels looked at, {@link org.sallyport.inbound.Reachings} finds what goes on record of what is reached; {@code Cursors} knows what a session has declared by SQL, {@code SearchPath} where it looks names up.
 * {@code LongTexts} have long ones judged few at a time. {@link org.sallyport.inbound.Footing} is what an approval rested on. {@link org.sallyport.inbound.Sessions} knows who is in.
 * {@link org.sallyport.inbound.GrantWatch} ends what rests on a grant that is over, {@link org.sallyport.inbound.JobDesk} takes one back from whom it was given to.
 * {@link org.sallyport.inbound.GatewayHouse} opens it all when the application starts;
 * {@link org.sallyport.inbound.Readiness} says whether clients can be served.
 *
 * <p>The adapter calls on network event loops: nothing here blocks them. What blocks (keys, catalogs, the store) runs on the
 * server's managed executor or the recorder's writer.
 */
@NullMarked
package org.sallyport.inbound;

import org.jspecify.annotations.NullMarked;
