package org.sallyport.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.CheckpointKeys;
import org.sallyport.journal.Chain;
import org.sallyport.journal.JournalDamaged;
import org.sallyport.journal.JournalHead;

/** Checks journal after journal: its records in the store, then those that its node still has. */
final class Verifier {
    private final CheckpointKeys keys;
    private final List<Path> anchors;
    private final long unsigned;
    private final Findings findings;
    private final Purges purges;

    /** Journals that were checked, and up to which record each is signed. */
    private final Map<UUID, Long> checked = new HashMap<>();

    Verifier(CheckpointKeys keys, List<Path> anchors, long unsigned, Findings findings) {
        this.keys = keys;
        this.anchors = anchors;
        this.unsigned = unsigned;
        this.findings = findings;
        this.purges = new Purges(findings);
    }

    /**
     * @param store see {@link StoreCheck#freeze}
     * @throws IOException where something cannot be read; what was found by then has been said
     */
    void verify(Optional<Connection> store, List<Path> folders) throws IOException, SQLException {
        Map<UUID, Path> nodes = nodes(folders);
        if (store.isPresent()) {
            verifyStore(new StoreCheck(store.get(), findings), nodes);
        }
        for (Map.Entry<UUID, Path> node : nodes.entrySet()) {
            if (!checked.containsKey(node.getKey())) {
                JournalHead start = FolderCheck.start(node.getValue());
                verify(store.isPresent() ? nothing(node.getKey()) : start, null, node.getValue());
                if (store.isEmpty() && start.sequence() > 0) {
                    findings.note("records before " + (start.sequence() + 1) + " have left this journal for the store");
                }
            }
        }
        if (store.isPresent()) {
            // A journal has its content still; what is left of purged records is in the store.
            purges.end(checked);
        }
        checkForgotten(store.isPresent());
    }

    private Map<UUID, Path> nodes(List<Path> folders) throws IOException {
        Map<UUID, Path> nodes = new LinkedHashMap<>();
        for (Path folder : folders) {
            try {
                Path other = nodes.put(FolderCheck.start(folder).journal(), folder);
                if (other != null) {
                    throw new IOException(folder + " and " + other + " are of one journal: give the newer one");
                }
            } catch (JournalDamaged damaged) {
                findings.add("journal's file " + damaged.getMessage(), "nothing of this journal was read");
            }
        }
        return nodes;
    }

    private void verifyStore(StoreCheck store, Map<UUID, Path> nodes) throws IOException, SQLException {
        store.checkShape();
        for (JournalHead head : store.journals()) {
            verify(nothing(head.journal()), check -> store.check(head, check), nodes.get(head.journal()));
        }
        store.checkForeignRows();
    }

    private static JournalHead nothing(UUID journal) {
        return new JournalHead(journal, 0, Chain.beginning());
    }

    /** What brings a journal's records out of the store. */
    private interface Stored {
        void bring(ChainCheck check) throws SQLException;
    }

    private void verify(JournalHead start, @Nullable Stored stored, @Nullable Path folder)
            throws IOException, SQLException {
        checked.put(start.journal(), 0L);
        List<AnchorLines> lines = new ArrayList<>();
        try {
            List<AnchorCheck> anchored = new ArrayList<>();
            for (Path anchor : anchors) {
                AnchorLines of = new AnchorLines(anchor, start.journal());
                lines.add(of);
                anchored.add(new AnchorCheck(of, keys, findings));
            }
            ChainCheck check =
                    new ChainCheck(start, new ChainCheck.Expected(keys, anchored, purges, unsigned), findings);
            if (stored != null) {
                stored.bring(check);
            }
            if (folder != null) {
                new FolderCheck(findings).check(folder, check);
            }
            check.end();
            checked.put(start.journal(), check.signed());
        } finally {
            for (AnchorLines open : lines) {
                open.close();
            }
        }
    }

    /** Journals of which nothing is left but what was anchored. */
    private void checkForgotten(boolean all) throws IOException {
        for (Path anchor : anchors) {
            for (UUID journal : AnchorLines.journals(anchor)) {
                if (!checked.containsKey(journal) && all) {
                    findings.add(
                            anchor.toString(), "nothing is there of journal " + journal + ", whose checkpoints it has");
                } else if (!checked.containsKey(journal)) {
                    findings.note(
                            "journal " + journal + ", of which " + anchor + " has checkpoints, was not looked at");
                }
            }
        }
    }
}
