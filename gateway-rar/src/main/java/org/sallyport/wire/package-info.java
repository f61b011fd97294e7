/**
 * PostgreSQL's frontend/backend protocol, version 3 (manual, "Frontend/Backend Protocol"): framing and messages.
 *
 * <p>Reading order: {@link org.sallyport.wire.FrameReader} cuts a byte stream into messages and forwards those that nobody
 * needs as they are; {@link org.sallyport.wire.StartupPacket} is what comes before; {@link org.sallyport.wire.Frontend} and
 * {@link org.sallyport.wire.Backend} encode what the gateway itself sends; the records ({@link org.sallyport.wire.Parse},
 * {@link org.sallyport.wire.Bind}, {@link org.sallyport.wire.RowDescription}, ...) decode what it reads.
 *
 * <p>Knows java and Netty only. Decoders read a payload: the bytes behind a message's type and length. They throw
 * {@link org.sallyport.wire.ProtocolException} and nothing else on malformed input, and never keep the buffer.
 */
@NullMarked
package org.sallyport.wire;

import org.jspecify.annotations.NullMarked;
