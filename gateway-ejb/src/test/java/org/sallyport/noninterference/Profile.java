package org.sallyport.noninterference;

import java.util.EnumSet;
import java.util.Set;

/** Whose statements are generated. */
enum Profile {
    /** Somebody who shows labelled columns, and uses others for everything else. */
    HONEST(EnumSet.of(Use.SHOWN, Use.DERIVED, Use.RETURNING)),
    /** Somebody who uses labelled columns wherever a value may stand. */
    HOSTILE(EnumSet.allOf(Use.class));

    private final Set<Use> uses;

    Profile(Set<Use> uses) {
        this.uses = uses;
    }

    boolean makes(Use use) {
        return uses.contains(use);
    }
}
