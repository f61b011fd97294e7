/**
 * One session: a client's channel and its server's channel, and what passes between them.
 *
 * <p>Reading order: {@link org.sallyport.proxy.Listener} accepts, as far as the {@code Lobby} has room; {@code ClientDoor}
 * brings a client from its first byte ({@code FirstByte}, {@code Encryption}, {@code ClientHello}) over its {@code
 * StartupParameters} to its token; {@code Admitting} asks for admission; {@code ServerSearch} finds a host of the server and
 * {@code ServerLogin} logs the gateway in there, by what {@code ServerAuthentication} allows; {@code Session} then joins the
 * two channels. {@code ClientSide} reads the client's messages, {@code Judging} has statements judged, {@code Refusing}
 * refuses. {@code ServerSide} matches the server's answers to {@code Replies}, {@code Shaping} plans and {@link
 * org.sallyport.value.Masker} applies masks, {@code CopyOut} masks COPY data, {@code Completing} ends statements, {@code Outbox} releases everything in order once its record is durable.
 * {@code Book} knows the prepared statements and portals, {@code Room} bounds what all sessions keep, {@code LastWords} end one.
 *
 * <p>A session lives on one event loop, which both of its channels share: no type here is thread-safe unless it says so.
 * Nothing here blocks. Any failure inside a session ends it, with an error to the client and nothing more to the server.
 */
@NullMarked
package org.sallyport.proxy;

import org.jspecify.annotations.NullMarked;
