package org.sallyport.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Purges, holds and grants as they are recorded. */
public final class TestRetention {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");

    private TestRetention() {}

    public static PurgeRecord purge(String connection) {
        return new PurgeRecord(
                UUID.randomUUID(),
                new PurgeRecord.Scope(Optional.of(connection), Optional.empty(), NOW),
                new PurgeRecord.Taken(3, new byte[32]),
                List.of(UUID.randomUUID().toString()),
                new PurgeRecord.Order(Optional.empty(), "keep 90d", NOW));
    }

    public static HoldRecord hold(String connection) {
        return hold(new HoldRecord.Scope(Optional.empty(), Optional.of(connection)));
    }

    public static HoldRecord hold(HoldRecord.Scope scope) {
        return new HoldRecord(UUID.randomUUID(), HoldRecord.Act.HOLD, scope, word());
    }

    public static HoldRecord release(HoldRecord hold) {
        return new HoldRecord(hold.id(), HoldRecord.Act.RELEASE, HoldRecord.Scope.NONE, word());
    }

    public static GrantRecord grant(String identity, Instant until) {
        return new GrantRecord(
                UUID.randomUUID(),
                GrantRecord.Act.GRANT,
                GrantRecord.Given.of(identity, "shop", "clear", List.of("pii.ssn"), List.of("dba", "board"), until),
                new GrantRecord.Word(Optional.of("dana"), "case 7", NOW));
    }

    public static GrantRecord end(GrantRecord grant, GrantRecord.Act act) {
        return new GrantRecord(
                grant.id(), act, grant.given(), new GrantRecord.Word(Optional.empty(), "its time is over", NOW));
    }

    private static HoldRecord.Word word() {
        return new HoldRecord.Word("auditor", "case 7", NOW);
    }
}
