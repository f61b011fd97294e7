package org.sallyport.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param journals folders
 * @param keys     certificates
 * @param unsigned see {@link ChainCheck.Expected}
 */
record Options(List<Path> journals, Optional<String> store, List<Path> keys, List<Path> anchors, long unsigned) {
    /** Twice the records that the gateway signs at once, as it comes. */
    private static final long UNSIGNED = 20_000;

    static final String USAGE = """
            Checks a record of Sallyport: that nothing in it was changed, removed, added or put in another order.

            usage: java -jar sallyport-verify.jar [--store URL] [--journal FOLDER]... --key CERTIFICATE... [--anchor FILE]...

              --store URL        the store, such as jdbc:postgresql://localhost/sallyport?user=auditor
                                 (the password from ~/.pgpass); nothing is changed there
              --journal FOLDER   a node's journal, of a node that does not run, or a copy; with --store the two
                                 must go on from each other
              --key CERTIFICATE  of the key that checkpoints are signed with, PEM or DER; several where it was
                                 replaced
              --anchor FILE      checkpoints that were kept elsewhere: what the gateway appended to a file, its
                                 log, or what a webhook was sent, in their order. Without it nobody can see that
                                 the end of the record is missing
              --unsigned N       as many records at the end may not be signed yet; 20000 if left out

            Exit status: 0 sound, 1 tampered with (each finding says where), 2 it could not be checked.""";

    /** @throws IllegalArgumentException where they cannot be used; it says why */
    static Options of(List<String> arguments) {
        List<Path> journals = new ArrayList<>();
        List<Path> keys = new ArrayList<>();
        List<Path> anchors = new ArrayList<>();
        Optional<String> store = Optional.empty();
        long unsigned = UNSIGNED;
        Iterator<String> each = arguments.iterator();
        while (each.hasNext()) {
            String option = each.next();
            switch (option) {
                case "--journal" -> journals.add(Path.of(value(option, each)));
                case "--key" -> keys.add(Path.of(value(option, each)));
                case "--anchor" -> anchors.add(Path.of(value(option, each)));
                case "--store" -> store = Optional.of(store(value(option, each)));
                case "--unsigned" -> unsigned = number(value(option, each));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (journals.isEmpty() && store.isEmpty()) {
            throw new IllegalArgumentException("expected --store, --journal or both");
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("expected --key: without one nothing shows who has written a record");
        }
        return new Options(journals, store, keys, anchors, unsigned);
    }

    private static String value(String option, Iterator<String> each) {
        if (!each.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return each.next();
    }

    private static String store(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("--store needs jdbc:postgresql://…");
        }
        return url;
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--unsigned needs a number, not \"" + value + "\"", e);
        }
    }
}
