package org.sallyport.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.checkpoint.CheckpointKeys;
import org.sallyport.checkpoint.CheckpointSigner;
import org.sallyport.checkpoint.FileAnchor;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.Durability;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalSettings;
import org.sallyport.record.Compression;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.Recorder;
import org.sallyport.record.ResultChunkKey;
import org.sallyport.record.ResultChunkRecord;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.Shipper;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;

/** A journal of some hundred records, its checkpoints anchored in a file, the last one at its end. */
final class TestJournal implements AutoCloseable {
    static final CheckpointSigner SIGNER = signer();
    private static final int SEGMENT_BYTES = 8 * 1024;
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    private final Random random;
    private final Path folder;
    private final Path anchor;
    private final Journal journal;
    private final Recorder recorder;
    private final Thread disk;

    TestJournal(Path folder, Path anchor, Random random) throws IOException {
        this.random = random;
        this.folder = folder;
        this.anchor = anchor;
        journal = Journal.open(
                new JournalSettings(folder, Durability.OS, 1L << 30, SEGMENT_BYTES, Duration.ofMinutes(1)));
        recorder = new Recorder(journal);
        disk = new Thread(journal);
        disk.start();
    }

    static CheckpointSigner signer() {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new CheckpointSigner(keys.getPrivate(), keys.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    UUID id() {
        return journal.id();
    }

    /** Sessions with their statements, and a checkpoint after each and one in its midst. */
    TestJournal record(int sessions) throws IOException {
        return record(sessions, "shop");
    }

    TestJournal record(int sessions, String connection) throws IOException {
        for (int i = 0; i < sessions; i++) {
            UUID session = UUID.randomUUID();
            await(recorder.begin(new SessionRecord(
                    session,
                    new SessionRecord.Caller("agent " + text(), Set.of("a", "b", text())),
                    connection,
                    "127.0.0.1:" + random.nextInt(65536),
                    at(),
                    new SessionRecord.Versions("0.1", "abc"))));
            for (int number = 1; number <= 12; number++) {
                statement(new StatementKey(session, number));
                if (number == 6) {
                    checkpoint();
                }
            }
            await(recorder.end(new SessionEndRecord(session, at(), "TERMINATED")));
            checkpoint();
        }
        return this;
    }

    private Optional<StatementRecord.Held> held() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new StatementRecord.Held(UUID.randomUUID()));
            default ->
                Optional.of(new StatementRecord.Held(UUID.randomUUID(), Optional.of(text()), Optional.of(text())));
        };
    }

    private void statement(StatementKey key) {
        boolean refused = random.nextInt(4) == 0;
        List<@Nullable String> parameters = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parameters.add(random.nextInt(4) == 0 ? null : text());
        }
        await(recorder.intent(new StatementRecord(
                key,
                new StatementRecord.Asked("QUERY", "SELECT '" + text() + "'", parameters, at()),
                new StatementRecord.Decided(
                        List.of("SELECT"),
                        "rule",
                        "abc",
                        held(),
                        refused ? Optional.of("42501") : Optional.empty(),
                        at()),
                random.nextInt(3) == 0
                        ? StatementRecord.Touched.NOTHING
                        : new StatementRecord.Touched(
                                List.of("public.customers", text()),
                                random.nextBoolean() ? List.of("pii.ssn") : List.of()))));
        if (!refused) {
            for (int chunk = 1; chunk <= random.nextInt(3); chunk++) {
                await(recorder.result(new ResultChunkRecord(
                        new ResultChunkKey(key.session(), key.number(), chunk),
                        random.nextInt(100),
                        random.nextInt(10_000),
                        at(),
                        new Compression.Content(
                                random.nextBoolean() ? Optional.of("zstd") : Optional.empty(),
                                text().getBytes(UTF_8)))));
            }
            await(recorder.outcome(new OutcomeRecord(
                    key.session(),
                    new StatementOutcome(
                            key.number(),
                            "SELECT 1",
                            random.nextBoolean() ? Optional.of("22012") : Optional.empty(),
                            random.nextInt(100),
                            random.nextInt(10_000),
                            random.nextBoolean() ? Map.of("card", 3L, "iban", 1L) : Map.of(),
                            Duration.of(random.nextInt(1_000_000), ChronoUnit.MICROS)),
                    at())));
        }
    }

    void record(PurgeRecord purge) {
        await(recorder.purge(purge));
    }

    void record(HoldRecord hold) {
        await(recorder.hold(hold));
    }

    void record(GrantRecord grant) {
        await(recorder.grant(grant));
    }

    void checkpoint() throws IOException {
        Checkpoint checkpoint = SIGNER.sign(journal.head(), at());
        await(recorder.checkpoint(checkpoint));
        new FileAnchor(anchor).keep(checkpoint);
    }

    /** Something that the store takes as a stray only, and that is no record. */
    void recordStray() {
        await(recorder.end(new SessionEndRecord(UUID.randomUUID(), at(), "with a \0")));
    }

    void ship(Shipper.Store store) {
        Shipper shipper = new Shipper(journal, store, Duration.ZERO);
        Thread shipping = new Thread(shipper);
        shipping.start();
        if (!shipper.catchUp(Duration.ofSeconds(60))) {
            throw new IllegalStateException("not shipped");
        }
        shipper.close();
        join(shipping);
    }

    private static void await(CompletionStage<Void> recorded) {
        recorded.toCompletableFuture().join();
    }

    private Instant at() {
        return NOW.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
    }

    private String text() {
        return random.ints(1 + random.nextInt(30), 0x20, 0x17F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() {
        journal.close();
        join(disk);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many findings there are in what a gateway that was stopped has left. */
    static long findings(Optional<Connection> store, List<Path> folders, List<Path> anchors)
            throws IOException, SQLException {
        return findings(store, folders, anchors, new PrintStream(OutputStream.nullOutputStream()));
    }

    static long findings(Optional<Connection> store, List<Path> folders, List<Path> anchors, PrintStream out)
            throws IOException, SQLException {
        Findings findings = new Findings(out);
        new Verifier(new CheckpointKeys(List.of(SIGNER.publicKey())), anchors, 0, findings).verify(store, folders);
        return findings.count();
    }
}
