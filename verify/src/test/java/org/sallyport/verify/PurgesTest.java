package org.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sallyport.journal.Seal;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.HoldRecord.Act;
import org.sallyport.record.PurgeRecord;

/** What is required of purges besides their place in a chain. */
class PurgesTest {
    private static final UUID JOURNAL = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Purges purges = new Purges(new Findings(new PrintStream(said, true, StandardCharsets.UTF_8)));
    private final UUID hold = UUID.randomUUID();

    @Test
    void aPurgeKnowsOfTheHoldsThatAreInForce() {
        hold(Act.HOLD, NOON.minus(HOUR));
        hold(Act.RELEASE, NOON.plus(HOUR));

        assertThat(found(List.of())).contains("a purge that does not know of hold " + hold);
    }

    @Test
    void aPurgeThatKnowsOfThemIsSound() {
        hold(Act.HOLD, NOON.minus(HOUR));

        assertThat(found(List.of(hold.toString()))).doesNotContain("FOUND");
    }

    @Test
    void aPurgeNeedNotKnowOfAHoldThatIsReleased() {
        hold(Act.HOLD, NOON.minus(HOUR).minus(HOUR));
        hold(Act.RELEASE, NOON.minus(HOUR));

        assertThat(found(List.of())).doesNotContain("FOUND");
    }

    @Test
    void aPurgeNeedNotKnowOfALaterHold() {
        hold(Act.HOLD, NOON.plus(HOUR));

        assertThat(found(List.of())).doesNotContain("FOUND");
    }

    @Test
    void aPurgeThatRemovedNothingIsNoFinding() {
        purges.recorded(purge(List.of()), JOURNAL, entry(7, Optional.empty()));
        purges.end(Map.of());

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("recorded, and nothing is removed for it")
                .doesNotContain("FOUND");
    }

    private void hold(Act act, Instant at) {
        var scope = new HoldRecord.Scope(Optional.empty(), Optional.of("shop"));
        purges.recorded(new HoldRecord(hold, act, scope, new HoldRecord.Word("auditor", "case 7", at)));
    }

    private String found(List<String> holds) {
        PurgeRecord purge = purge(holds);
        purges.recorded(purge, JOURNAL, entry(7, Optional.empty()));
        purges.left(JOURNAL, entry(3, Optional.of(purge.id())), purge.id());
        purges.end(Map.of(JOURNAL, 9L));
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Of one record, whose commitment is 32 bytes of 3. */
    private static PurgeRecord purge(List<String> holds) {
        return new PurgeRecord(
                UUID.randomUUID(),
                new PurgeRecord.Scope(Optional.of("shop"), Optional.empty(), NOON.minus(HOUR)),
                new PurgeRecord.Taken(1, digest()),
                holds,
                new PurgeRecord.Order(Optional.empty(), "keep 1h", NOON));
    }

    private static byte[] digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(new byte[32]);
            sha256.update(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f0000000000000003"));
            return sha256.digest(commitment());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] commitment() {
        byte[] commitment = new byte[32];
        Arrays.fill(commitment, (byte) 3);
        return commitment;
    }

    private static Entry entry(long sequence, Optional<UUID> purge) {
        return new Entry(sequence, new Seal(new byte[0], commitment()), null, purge, "record " + sequence);
    }
}
