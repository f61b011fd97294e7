package org.sallyport.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a record must survive before anybody is told that it is durable. */
public enum Durability {
    /** The loss of this host: it is in the store. */
    STORE,
    /** A crash of this host's operating system or its power: it is on the journal's disk. */
    FSYNC,
    /** A crash of the gateway's process, also by SIGKILL: the operating system has it. */
    OS;

    /**
     * From the configuration's spelling, in any case.
     *
     * @throws IllegalArgumentException where it is none of these
     */
    public static Durability of(String name) {
        return Arrays.stream(values())
                .filter(value -> value.spelling().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("durability must be one of "
                        + Arrays.stream(values()).map(Durability::spelling).collect(Collectors.joining(", "))
                        + ", not \"" + name + "\""));
    }

    private String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
