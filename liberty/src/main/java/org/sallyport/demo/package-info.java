/**
 * Starts everything the gateway needs on one machine, for the demo and for the integration tests.
 *
 * <p>In reading order: {@link org.sallyport.demo.Demo}, which is {@code ./mvnw -Pdemo};
 * {@link org.sallyport.demo.Postgres}, {@link org.sallyport.demo.IdentityProvider} and
 * {@link org.sallyport.demo.GatewayServer}, the three things started; {@link org.sallyport.demo.LibertyServer}, a server's
 * process; {@link org.sallyport.demo.PostgresEngine}, what runs a cluster; {@link org.sallyport.demo.TlsFiles}, {@link org.sallyport.demo.Passwords}, {@link org.sallyport.demo.Ports} and
 * {@link org.sallyport.demo.Folders}, what they are made of.
 *
 * <p>Nothing here is part of the application, and nothing of it runs inside the server. One thread starts and stops
 * things; the JVM's shutdown hook stops them too.
 */
@NullMarked
package org.sallyport.demo;

import org.jspecify.annotations.NullMarked;
