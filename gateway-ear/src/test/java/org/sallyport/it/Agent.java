package org.sallyport.it;

import java.util.UUID;

/** Somebody who connects: a name and a good token for it. */
record Agent(String name, String token) {

    /** A new identity in these groups, which no other test uses. */
    static Agent in(Gateway gateway, String... groups) {
        String name = groups[0] + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new Agent(name, gateway.testIssuer().token(name, groups));
    }

    /** One of the real identity provider's. */
    static Agent known(Gateway gateway, String name) {
        return new Agent(name, gateway.token(name));
    }

    @Override
    public String toString() {
        return name;
    }
}
