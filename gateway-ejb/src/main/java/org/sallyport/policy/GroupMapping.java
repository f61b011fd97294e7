package org.sallyport.policy;

import java.util.List;

/** Where an issuer's tokens say which groups a caller is in. */
public sealed interface GroupMapping {

    /** A claim that holds one group or a list of them. */
    record Claim(String name) implements GroupMapping {}

    /** Templates such as {@code ref:{ref}}, each filled from the claims into one group. */
    record Templates(List<String> templates) implements GroupMapping {
        public Templates {
            templates = List.copyOf(templates);
        }
    }
}
