/**
 * The packaged EAR on Liberty, with a real PostgreSQL, a real identity provider and real clients.
 *
 * <p>In reading order: {@link org.sallyport.it.WithGateway}, with which a test class asks for the running parts;
 * {@link org.sallyport.it.Gateway}, what it gets; {@link org.sallyport.it.TestIssuer}, for tokens no honest provider
 * makes; {@link org.sallyport.it.Api} and {@link org.sallyport.it.Programs}, the clients; Agent, who connects, and Person,
 * who decides and reads; Forgery, tokens that let nobody in; Shelf, a table of a test's own; Transcript, which compares what
 * a client is told on either Route; JdbcNotes, how pgjdbc's part of that is written down; Eventually, how to wait. The parts
 * are started once for all classes of a run and stopped at its end.
 */
@NullMarked
package org.sallyport.it;

import org.jspecify.annotations.NullMarked;
