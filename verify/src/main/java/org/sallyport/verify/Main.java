package org.sallyport.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.checkpoint.CheckpointKeys;

/** The command that finds what was changed in a record, without a server. */
public final class Main {
    private static final int SOUND = 0;
    private static final int TAMPERED = 1;
    private static final int NOT_CHECKED = 2;

    private Main() {}

    /** Ends the virtual machine with the exit status. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /** The exit status. */
    static int run(List<String> arguments, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(Options.USAGE);
            return SOUND;
        }
        try {
            return verify(Options.of(arguments), out);
        } catch (IllegalArgumentException misuse) {
            out.println(misuse.getMessage());
            out.println();
            out.println(Options.USAGE);
            return NOT_CHECKED;
        }
    }

    private static int verify(Options options, PrintStream out) {
        Findings findings = new Findings(out);
        try {
            verify(options, findings);
            out.println(findings.count() == 0 ? "sound" : "TAMPERED WITH: findings: " + findings.count());
            return findings.count() == 0 ? SOUND : TAMPERED;
        } catch (SQLException e) {
            out.println("not checked to its end: the store: SQLSTATE " + e.getSQLState() + ", " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            out.println("not checked to its end: " + e);
        }
        return findings.count() == 0 ? NOT_CHECKED : TAMPERED;
    }

    private static void verify(Options options, Findings findings) throws IOException, SQLException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path key : options.keys()) {
            keys.add(CheckpointKeys.read(key));
        }
        Verifier verifier = new Verifier(new CheckpointKeys(keys), options.anchors(), options.unsigned(), findings);
        if (options.store().isEmpty()) {
            verifier.verify(Optional.empty(), options.journals());
            return;
        }
        try (Connection store = DriverManager.getConnection(options.store().get())) {
            StoreCheck.freeze(store);
            verifier.verify(Optional.of(store), options.journals());
        }
    }
}
