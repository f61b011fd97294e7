package org.sallyport.policy;

import org.sallyport.contract.Server;

/**
 * A database that clients name in their startup packet.
 *
 * @param credential the Liberty authData alias of the gateway's own login
 * @param shadow     as {@link Role#shadow}, for everybody on it
 * @param recording  what is kept of what is done there
 */
public record Connection(String name, Server server, String credential, boolean shadow, Recording recording) {}
