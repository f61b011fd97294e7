package org.sallyport.inbound;

import java.util.List;
import org.sallyport.policy.Ruling;

/**
 * What was decided about a statement, and on what facts.
 *
 * @param kinds       the kinds of its statements and of those inside them, such as {@code DELETE}
 * @param relations   the relations it names, as {@code schema.name} where they are known
 * @param defines     whether it may change the catalog, so that snapshots are stale once it has run
 * @param unknown     whether it names a relation the snapshot does not have: worth one reload before it is final;
 *                    never for an unrestricted identity
 * @param path        what becomes of the session's search path once it has run
 */
public record Judgement(
        Ruling ruling, List<String> kinds, List<String> relations, boolean defines, boolean unknown, PathEffect path) {

    public Judgement {
        kinds = List.copyOf(kinds);
        relations = List.copyOf(relations);
    }

    /** Whether it is a permit that neither a person nor a newer snapshot could change, and after which all is as before. */
    boolean isPlainPermit() {
        return ruling instanceof Ruling.Permit && !unknown && path instanceof PathEffect.None;
    }
}
