package org.sallyport.contract;

import java.util.UUID;

/** A session's identifier, made by the adapter when a connection is accepted; unique over all nodes. */
public record SessionId(UUID value) {

    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
