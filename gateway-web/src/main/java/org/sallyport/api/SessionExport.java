package org.sallyport.api;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Exported;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.RecordedApproval;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.StatementRecord;

/** Writes a session, a page of it in the heap at a time, as lines of JSON or as a page that plays them. */
final class SessionExport {
    private static final int PAGE = 16;

    /** Rows of each statement that a page shows. */
    private static final int ROWS_SHOWN = 100;

    private final Chronicle chronicle;
    private final UUID session;

    /** The session's own row, and its end's. */
    private final List<Exported> frame;

    private final List<RecordedApproval> approvals;

    private SessionExport(Chronicle chronicle, UUID session, List<Exported> frame, List<RecordedApproval> approvals) {
        this.chronicle = chronicle;
        this.session = session;
        this.frame = frame;
        this.approvals = approvals;
    }

    /** Asks for what tells whether it can be written at all. */
    static SessionExport of(Chronicle chronicle, UUID session) {
        List<Exported> frame = chronicle.exported(session);
        if (frame.isEmpty()) {
            throw new Refused(ProblemKind.NOT_FOUND);
        }
        return new SessionExport(chronicle, session, frame, chronicle.approvals(session));
    }

    void lines(Writer out) throws IOException {
        write(new Lines(out, "", "\n"), this::chunks);
    }

    void page(Writer out) throws IOException {
        out.write(ReplayPage.BEFORE);
        write(new Lines(out, ",\n", ""), this::rows);
        out.write(ReplayPage.BEHIND);
    }

    /** Writes what is on record of a statement's results. */
    private interface Results {
        void write(Lines lines, long number) throws IOException;
    }

    /** As they stand in the record. */
    private void chunks(Lines lines, long number) throws IOException {
        List<Exported> chunks = chronicle.exportedResults(session, number, 0);
        int last = 0;
        while (!chunks.isEmpty()) {
            for (Exported chunk : chunks) {
                lines.add(ExportLine.of(chunk));
                last++;
            }
            chunks = chronicle.exportedResults(session, number, last);
        }
    }

    /** As somebody can read them. */
    private void rows(Lines lines, long number) throws IOException {
        lines.add(ExportLine.of(number, chronicle.results(session, number, 0, ROWS_SHOWN)));
    }

    private void write(Lines lines, Results results) throws IOException {
        for (Exported row : frame) {
            if (!(row.row() instanceof SessionEndRecord)) {
                lines.add(ExportLine.of(row));
            }
        }
        for (RecordedApproval approval : approvals) {
            lines.add(ExportLine.of(approval));
        }
        long last = 0;
        List<Exported> page = chronicle.exported(session, last, PAGE);
        while (!page.isEmpty()) {
            last = write(lines, results, page);
            page = chronicle.exported(session, last, PAGE);
        }
        for (Exported row : frame) {
            if (row.row() instanceof SessionEndRecord) {
                lines.add(ExportLine.of(row));
            }
        }
        lines.add(ExportLine.end(lines.count));
    }

    /** Writes statements, each with its outcome and results behind it; returns the last one's number. */
    private long write(Lines lines, Results results, List<Exported> page) throws IOException {
        Set<Long> withResults = chronicle.withResults(session, number(page.get(0)), number(page.get(page.size() - 1)));
        for (int i = 0; i < page.size(); i++) {
            lines.add(ExportLine.of(page.get(i)));
            long number = number(page.get(i));
            boolean last = i + 1 == page.size() || number(page.get(i + 1)) != number;
            if (last && withResults.contains(number)) {
                results.write(lines, number);
            }
        }
        return number(page.get(page.size() - 1));
    }

    private static long number(Exported row) {
        return row.row() instanceof StatementRecord statement
                ? statement.key().number()
                : ((OutcomeRecord) row.row()).key().number();
    }

    /** Puts something between lines, or behind each. */
    private static final class Lines {
        private final Writer out;
        private final String between;
        private final String behind;
        private long count;

        Lines(Writer out, String between, String behind) {
            this.out = out;
            this.between = between;
            this.behind = behind;
        }

        void add(String line) throws IOException {
            out.write(count == 0 ? line : between + line);
            out.write(behind);
            count++;
        }
    }
}
