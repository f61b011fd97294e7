package org.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.checkpoint.CheckpointKeys;
import org.sallyport.verify.Frames.Frame;
import org.sallyport.verify.Frames.Segment;

/** Whatever is done to a journal's files, by somebody who knows everything but the key, is found. */
class JournalTamperTest {
    private static final int CASES = Integer.getInteger("sallyport.tamper.cases", 250);
    private static final long SEED = Long.getLong("sallyport.tamper.seed", System.nanoTime());

    @TempDir
    private static Path work;

    private static Path anchor;
    private static Path journal;

    @BeforeAll
    static void record() throws IOException {
        System.out.println("JournalTamperTest seed " + SEED);
        anchor = work.resolve("anchors");
        journal = work.resolve("journal");
        try (TestJournal recorded = new TestJournal(journal, anchor, new Random(SEED))) {
            recorded.record(6);
        }
    }

    /** What is done; most of it in two ways: leaving chains and checksums as they are, and computing all of them anew. */
    enum Attack {
        FLIP_A_BIT {
            @Override
            void on(Frames frames, Random random) {
                Segment segment = any(frames.segments, random);
                int at = random.nextInt(72
                        + segment.frames.stream().mapToInt(f -> f.bytes.length).sum());
                byte bit = (byte) (1 << random.nextInt(8));
                if (at < 72) {
                    segment.head[at] ^= bit;
                    return;
                }
                Frame frame = any(segment.frames, random);
                frame.bytes[random.nextInt(frame.bytes.length)] ^= bit;
            }
        },
        EDIT {
            @Override
            void on(Frames frames, Random random) {
                Frame frame = any(any(frames.segments, random).frames, random);
                frame.bytes[64 + random.nextInt(frame.payload())] ^= (byte) (1 + random.nextInt(255));
                frame.checksum();
            }
        },
        EDIT_SALT {
            @Override
            void on(Frames frames, Random random) {
                // Nothing has signed the last checkpoint's own salt, which says nothing.
                Frame frame;
                do {
                    frame = any(any(frames.segments, random).frames, random);
                } while (frame == frames.last());
                frame.bytes[48 + random.nextInt(16)] ^= (byte) (1 + random.nextInt(255));
                frame.checksum();
            }
        },
        DROP {
            @Override
            void on(Frames frames, Random random) {
                List<Frame> some = any(frames.segments, random).frames;
                int from = random.nextInt(some.size());
                some.subList(from, Math.min(some.size(), from + 1 + random.nextInt(3)))
                        .clear();
            }
        },
        INSERT {
            @Override
            void on(Frames frames, Random random) {
                List<Frame> some = any(frames.segments, random).frames;
                Frame added = random.nextBoolean()
                        ? any(any(frames.segments, random).frames, random).copy()
                        : Frames.forged("q of somebody's " + random.nextLong());
                added.checksum();
                some.add(random.nextInt(some.size() + 1), added);
            }
        },
        REORDER {
            @Override
            void on(Frames frames, Random random) {
                List<Segment> longer = frames.segments.stream()
                        .filter(segment -> segment.frames.size() > 1)
                        .toList();
                List<Frame> some = any(longer, random).frames;
                int one = random.nextInt(some.size());
                Collections.swap(some, one, (one + 1 + random.nextInt(some.size() - 1)) % some.size());
            }
        },
        TRUNCATE {
            @Override
            void on(Frames frames, Random random) {
                cut(frames, 1 + random.nextInt(frames.count() - 1));
            }
        },
        TRUNCATE_AND_FORGE {
            @Override
            void on(Frames frames, Random random) {
                cut(frames, 1 + random.nextInt(frames.count() - 1));
                for (int i = random.nextInt(20); i >= 0; i--) {
                    frames.segments.get(frames.segments.size() - 1).frames.add(Frames.forged("q forged " + i));
                }
            }
        },
        DROP_A_FILE {
            @Override
            void on(Frames frames, Random random) {
                frames.segments.remove(1 + random.nextInt(frames.segments.size() - 1));
            }
        },
        DROP_CHECKPOINTS {
            @Override
            void on(Frames frames, Random random) {
                boolean all = random.nextBoolean();
                boolean dropped = false;
                while (!dropped) {
                    for (Segment segment : frames.segments) {
                        dropped |= segment.frames.removeIf(
                                frame -> frame.isCheckpoint() && (all || random.nextInt(4) == 0));
                    }
                }
            }
        };

        abstract void on(Frames frames, Random random);

        private static void cut(Frames frames, int records) {
            for (int i = 0; i < records; i++) {
                List<Frame> last = frames.segments.get(frames.segments.size() - 1).frames;
                last.remove(last.size() - 1);
                if (last.isEmpty()) {
                    frames.segments.remove(frames.segments.size() - 1);
                }
            }
        }

        private static <T> T any(List<T> some, Random random) {
            return some.get(random.nextInt(some.size()));
        }
    }

    @Test
    void findsNothingInWhatAGatewayHasLeft() throws Exception {
        assertThat(said(journal)).contains("signed up to").doesNotContain("FOUND");
        Path copy = work.resolve("untouched");
        Frames frames = Frames.read(journal);
        assertThat(frames.segments).hasSizeGreaterThan(3);
        frames.rebuild();
        frames.write(copy);
        assertThat(said(copy)).as("rebuilt by what is documented").doesNotContain("FOUND");
    }

    @ParameterizedTest
    @EnumSource
    void finds(Attack attack) throws Exception {
        Random seeds = new Random(SEED + attack.ordinal());
        Path copy = work.resolve(attack.name());
        for (int i = 0; i < CASES; i++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            Frames frames = Frames.read(journal);
            attack.on(frames, random);
            boolean rebuilt = random.nextBoolean() && attack != Attack.FLIP_A_BIT;
            if (rebuilt) {
                frames.rebuild();
            }
            frames.write(copy);
            assertThat(TestJournal.findings(Optional.empty(), List.of(copy), List.of(anchor)))
                    .as("%s, seed %d, case %d %d, rebuilt %s", attack, SEED, i, seed, rebuilt)
                    .isPositive();
        }
    }

    @Test
    void saysInWhichFileAndAtWhichByte() throws Exception {
        Frames frames = Frames.read(journal);
        Segment segment = frames.segments.get(1);
        int position = 72 + ((segment.frames.get(0).bytes.length + 7) & ~7);
        segment.frames.get(1).bytes[70] ^= 1;
        Path copy = work.resolve("where");
        frames.write(copy);

        assertThat(said(copy)).contains(copy.resolve(segment.path) + ", byte " + position);
    }

    /** Who has written the whole record anew has no key to sign it with, and his own is not the gateway's. */
    @Test
    void takesNoOtherKey() throws Exception {
        Path folder = work.resolve("forged");
        Path anchors = work.resolve("forged-anchors");
        try (TestJournal recorded = new TestJournal(folder, anchors, new Random(SEED))) {
            recorded.record(1);
        }
        Findings findings = new Findings(new PrintStream(new ByteArrayOutputStream()));
        new Verifier(new CheckpointKeys(List.of(TestJournal.signer().publicKey())), List.of(), 0, findings)
                .verify(Optional.empty(), List.of(folder));

        assertThat(findings.count()).isEqualTo(3);
    }

    /** Back to an anchored checkpoint and not behind it: where nothing was anchored later, nothing shows that there was more. */
    @Test
    void cannotSeeThatWhatWasNeverAnchoredIsGone() throws Exception {
        Path folder = work.resolve("tail");
        Path anchors = work.resolve("tail-anchors");
        try (TestJournal recorded = new TestJournal(folder, anchors, new Random(SEED))) {
            recorded.record(1);
            recorded.recordStray();
        }
        Frames frames = Frames.read(folder);
        Attack.cut(frames, 1);
        frames.write(folder);

        assertThat(TestJournal.findings(Optional.empty(), List.of(folder), List.of(anchors)))
                .isZero();

        Attack.cut(frames, 1);
        frames.write(folder);
        assertThat(TestJournal.findings(Optional.empty(), List.of(folder), List.of(anchors)))
                .isPositive();
    }

    @Test
    void saysWhichJournalsItHasNotLookedAt() throws Exception {
        Path other = work.resolve("other");
        try (TestJournal recorded = new TestJournal(other, work.resolve("other-anchors"), new Random(SEED))) {
            recorded.record(1);
        }

        assertThat(said(other)).as("it may be of another node").contains("was not looked at");
    }

    private static String said(Path folder) throws IOException, SQLException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        TestJournal.findings(
                Optional.empty(),
                List.of(folder),
                List.of(anchor),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }
}
