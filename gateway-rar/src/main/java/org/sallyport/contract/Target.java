package org.sallyport.contract;

/**
 * The server of a session and the gateway's own login there.
 *
 * @param user     the role to log in as
 * @param password destroyed by the adapter once the login is over
 */
public record Target(Server server, String user, Secret password) {}
