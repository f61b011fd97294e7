package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * NegotiateProtocolVersion: a server does not speak the version that was asked for.
 * {@code Int32 newest version | Int32 n | String option * n}.
 *
 * @param unknown the protocol options that it does not know
 */
public record NegotiateProtocolVersion(int major, int minor, List<String> unknown) {

    public NegotiateProtocolVersion {
        unknown = List.copyOf(unknown);
    }

    public static NegotiateProtocolVersion decode(ByteBuf payload) {
        Buffers.requireBytes(payload, 8);
        int version = payload.readInt();
        int count = payload.readInt();
        Buffers.requireBytes(payload, count);
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            unknown.add(Buffers.readString(payload));
        }
        Buffers.requireEnd(payload);
        return new NegotiateProtocolVersion(version >>> 16, version & 0xffff, unknown);
    }
}
