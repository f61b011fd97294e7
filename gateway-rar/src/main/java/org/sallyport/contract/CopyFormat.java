package org.sallyport.contract;

import java.util.Set;

/** The form of the data of a COPY TO STDOUT (manual, "COPY", "File Formats"), in UTF-8. Its characters are ASCII. */
public sealed interface CopyFormat {

    /**
     * The text format.
     *
     * @param nullText what stands for NULL; no value looks like it
     * @param header   whether the columns' names come first
     */
    record Text(char delimiter, String nullText, boolean header) implements CopyFormat {}

    /**
     * The CSV format.
     *
     * @param nullText what stands for NULL, never in quotes; a value that is equal to it is always in quotes
     * @param header   whether the columns' names come first
     * @param escape   stands before each quote and each escape in quotes
     * @param forced   which values are in quotes whether or not they have to be
     */
    record Csv(char delimiter, String nullText, boolean header, char quote, char escape, Forced forced)
            implements CopyFormat {}

    /** The binary format. */
    record Binary() implements CopyFormat {}

    /**
     * FORCE_QUOTE.
     *
     * @param all     whether it is every column's
     * @param columns else those whose it is, by name; of two columns with the same name the first
     */
    record Forced(boolean all, Set<String> columns) {
        public static final Forced NOTHING = new Forced(false, Set.of());

        public Forced {
            columns = Set.copyOf(columns);
        }
    }
}
