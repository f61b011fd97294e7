package org.sallyport.grant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sallyport.identity.Identity;
import org.sallyport.policy.ByGrant;
import org.sallyport.policy.Label;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Role;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.GrantRecord.Act;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;

/** Gives rights for a time and takes them back, on record, as far as the policy lets people do so. Blocks. */
final class GrantOffice {
    private static final Logger LOG = System.getLogger(GrantOffice.class.getName());

    static final String TIME_OVER = "its time is over";

    private final PolicyBundle bundle;
    private final Ledger ledger;
    private final Clock clock;

    /** The record, as far as grants need it. */
    interface Ledger {
        /** Whether the store has answered lately. */
        boolean answers();

        /**
         * Makes it durable, and waits until the store has it.
         *
         * @return whether the store has it
         */
        boolean record(GrantRecord grant);

        Optional<Grant> find(UUID id);
    }

    GrantOffice(PolicyBundle bundle, Ledger ledger, Clock clock) {
        this.bundle = bundle;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Gives it in somebody's name.
     *
     * @param groups that who gives it is in
     */
    Outcome give(GrantWish wish, String who, Set<String> groups) {
        Optional<Outcome> objection = objection(wish, who);
        if (objection.isPresent()) {
            return objection.get();
        }
        List<Role> fitting = bundle.rolesByGrant(wish.connection()).stream()
                .filter(role -> wish.role().map(role.name()::equals).orElse(true))
                .filter(role -> wish.labels().stream().allMatch(role::sees))
                .toList();
        if (fitting.isEmpty()) {
            return new Outcome.Impossible("No role of the policy that is given by grant there has that.");
        }
        Optional<Role> role = fitting.stream()
                .filter(one -> !approvers(one, groups).isEmpty())
                .findFirst();
        return role.map(one -> give(wish, who, one, approvers(one, groups)))
                .orElseGet(() -> new Outcome.NotAllowed("You are in none of the groups that may give that."));
    }

    private Optional<Outcome> objection(GrantWish wish, String who) {
        if (Identity.isSame(who, wish.identity())) {
            return Optional.of(new Outcome.NotAllowed("Nobody gives rights to themselves."));
        }
        if (wish.role().isPresent() == !wish.labels().isEmpty()) {
            return Optional.of(new Outcome.Impossible("Name a role, or labels under unmask."));
        }
        if (!bundle.connections().containsKey(wish.connection())) {
            return Optional.of(new Outcome.Impossible("The policy has no such connection."));
        }
        Set<String> known = bundle.labels().stream().map(Label::name).collect(Collectors.toSet());
        return known.containsAll(wish.labels())
                ? Optional.empty()
                : Optional.of(new Outcome.Impossible("The policy has no such label."));
    }

    private static Set<String> approvers(Role role, Set<String> groups) {
        return role.byGrant().map(needed -> needed.approvers().groups()).orElseGet(Set::of).stream()
                .filter(groups::contains)
                .collect(Collectors.toSet());
    }

    /** All groups of which anything depends on whether somebody is in them. */
    Set<String> groups() {
        return bundle.roles().stream()
                .flatMap(role -> role.byGrant().stream())
                .flatMap(needed -> needed.approvers().groups().stream())
                .collect(Collectors.toSet());
    }

    private Outcome give(GrantWish wish, String who, Role role, Set<String> groups) {
        Instant now = clock.instant();
        Duration longest = role.byGrant().map(ByGrant::longest).orElse(Duration.ZERO);
        if (!now.isBefore(wish.until()) || now.plus(longest).isBefore(wish.until())) {
            return new Outcome.Impossible("It must end within " + longest.toSeconds() + " seconds from now.");
        }
        if (!ledger.answers()) {
            return new Outcome.NotStored();
        }
        Given given = Given.of(wish.identity(), wish.connection(), role.name(), wish.labels(), groups, wish.until());
        Word word = new Word(Optional.of(who), wish.reason(), now);
        GrantRecord grant = new GrantRecord(UUID.randomUUID(), Act.GRANT, given, word);
        boolean stored = false;
        try {
            stored = ledger.record(grant);
        } finally {
            if (!stored) {
                takeBack(grant, who);
            }
        }
        return stored
                ? new Outcome.Done(new Grant(grant.id(), given, word, Optional.empty()))
                : new Outcome.NotStored();
    }

    /** It may be in the journal: without this it would begin when the store is back, and nobody would know when. */
    private void takeBack(GrantRecord grant, String who) {
        Word taken = new Word(Optional.of(who), "the store did not answer", clock.instant());
        try {
            boolean unused = ledger.record(new GrantRecord(grant.id(), Act.REVOKE, grant.given(), taken));
        } catch (RuntimeException e) {
            // It stands behind the grant in the journal, or neither does.
            LOG.log(Level.WARNING, "grant not known to be taken back grant={0} failure={1}", grant.id(), e.getClass());
        }
    }

    /** Takes a grant back in somebody's name. */
    Outcome revoke(UUID id, String who, String reason) {
        return ledger.find(id).map(grant -> revoke(grant, who, reason)).orElseGet(Outcome.NotFound::new);
    }

    /** The same by whom it was given to; what is somebody else's is not there. */
    Outcome giveBack(UUID id, String identity) {
        return ledger.find(id)
                .filter(grant -> grant.given().identity().equals(identity))
                .map(grant -> revoke(grant, identity, "given back"))
                .orElseGet(Outcome.NotFound::new);
    }

    private Outcome revoke(Grant grant, String who, String reason) {
        // Not by this node's clock, which may be ahead of the others': they would go by the grant for as long as that.
        if (grant.ended().isPresent()) {
            return new Outcome.Over(grant);
        }
        Word word = new Word(Optional.of(who), reason, clock.instant());
        return ledger.record(new GrantRecord(grant.id(), Act.REVOKE, grant.given(), word))
                ? new Outcome.Done(new Grant(
                        grant.id(), grant.given(), grant.made(), Optional.of(new Grant.Ended(Act.REVOKE, word))))
                : new Outcome.NotStored();
    }

    /** Puts on record that a grant's time is over. */
    void end(Grant grant) {
        Word word = new Word(Optional.empty(), TIME_OVER, clock.instant());
        boolean unused = ledger.record(new GrantRecord(grant.id(), Act.END, grant.given(), word));
    }
}
