package org.sallyport.api;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.UUID;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Exported;
import org.sallyport.record.RecordedApproval;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.StatementRecord;

/** Writes a session, a page of it in the heap at a time, as lines of JSON or as a page that plays them. */
final class SessionExport {
    private static final int PAGE = 200;

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
        write(new Lines(out, "", "\n"));
    }

    void page(Writer out) throws IOException {
        out.write(ReplayPage.BEFORE);
        write(new Lines(out, ",\n", ""));
        out.write(ReplayPage.BEHIND);
    }

    private void write(Lines lines) throws IOException {
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
            for (Exported row : page) {
                // A recorded result's rows belong behind the outcome that they came with.
                lines.add(ExportLine.of(row));
                last = row.row() instanceof StatementRecord statement
                        ? statement.key().number()
                        : last;
            }
            page = chronicle.exported(session, last, PAGE);
        }
        for (Exported row : frame) {
            if (row.row() instanceof SessionEndRecord) {
                lines.add(ExportLine.of(row));
            }
        }
        lines.add(ExportLine.end(lines.count));
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
