package org.sallyport.inbound;

import java.util.Optional;
import java.util.UUID;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Visibility;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.policy.Ruling;

/** A judgement and the catalog it rests on. */
record Judged(Judgement judgement, Catalog catalog) {

    static Judged of(Judge judge, Matter matter, Catalog catalog) {
        Session session = matter.session();
        Judgement judgement = judge.judge(
                session.access(),
                session.connection(),
                catalog,
                matter.attempt().sql());
        return new Judged(judgement, catalog);
    }

    Footing footing() {
        return Footing.of(judgement, catalog);
    }

    Finding finding(Optional<UUID> approval) {
        return new Finding(judgement.kinds(), judgement.ruling().rule(), approval);
    }

    /** Of its results once it runs. */
    Visibility visibility() {
        Ruling ruling = judgement.ruling();
        if (ruling instanceof Ruling.Permit permit) {
            return permit.visibility();
        }
        if (ruling instanceof Ruling.Hold hold) {
            return hold.visibility();
        }
        throw new IllegalStateException("a denied statement has no results");
    }
}
