package org.sallyport.contract;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A client at the door, before anything of it is believed.
 *
 * @param session    the session this will be
 * @param client     the client's address
 * @param encrypted  whether the connection runs over TLS
 * @param user       the start-up packet's {@code user}, as claimed
 * @param database   the start-up packet's {@code database}, which names a connection of the policy bundle; empty where the
 *                   client named none
 * @param parameters the start-up packet's other parameters, by name
 * @param token      what the client sent as its password; destroyed by the adapter once the answer is there
 * @param handle     with which the application reaches the client later
 */
public record ConnectionAttempt(
        SessionId session,
        InetSocketAddress client,
        boolean encrypted,
        String user,
        String database,
        Map<String, String> parameters,
        Secret token,
        SessionHandle handle) {

    public ConnectionAttempt {
        parameters = Map.copyOf(parameters);
    }
}
