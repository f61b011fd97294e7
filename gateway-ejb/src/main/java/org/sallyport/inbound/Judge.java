package org.sallyport.inbound;

import java.util.List;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultShape;
import org.sallyport.policy.Access;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;

/** Decides statements under one bundle. Thread-safe; never blocks. */
public final class Judge {

    private static final Refusal NOT_READ = Refusal.of(
            "42501",
            "permission denied: statement cannot be read",
            "Rule \"unreadable\": what the gateway cannot read it refuses.",
            "Write the statement in a simpler form.");

    private final PolicyBundle bundle;

    public Judge(PolicyBundle bundle) {
        this.bundle = bundle;
    }

    /** The bundle that decides. */
    public PolicyBundle bundle() {
        return bundle;
    }

    public Judgement judge(Access access, String connection, Catalog catalog, String sql) {
        return new Judgement(new Ruling.Deny("unreadable", NOT_READ), List.of(), List.of(), false, false);
    }

    /** What the client may see of a result of a statement that was permitted as SHAPED. */
    public MaskingPlan shape(Access access, String connection, Catalog catalog, ResultShape result) {
        return new MaskingPlan.Refuse(NOT_READ);
    }
}
