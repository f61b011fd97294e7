package org.sallyport.journal;

import java.util.ArrayList;
import java.util.List;

/** Reads a journal's records in order, while others are appended. For one thread at a time. */
public final class JournalReader {
    private final Journal journal;
    private final RecordFrame frame = new RecordFrame();
    private Segment segment;
    private long next;
    private int position = Segment.HEAD;
    private byte[] chain;

    JournalReader(Journal journal, long from) {
        this.journal = journal;
        this.segment = journal.segmentOf(from);
        this.next = segment.first();
        this.chain = segment.before();
        while (next < Math.min(from, journal.readable(segment))) {
            record();
        }
    }

    /** The sequence of the next record. */
    public long next() {
        return next;
    }

    /** The chain of the record before the next one; zeros before the first. */
    public byte[] chain() {
        return chain.clone();
    }

    /**
     * At most {@code most} records of at most about {@code bytes} in all, as far as there are any.
     *
     * @throws JournalDamaged where a record is not what was appended
     */
    public List<JournalRecord> read(int most, long bytes) {
        List<JournalRecord> records = new ArrayList<>();
        long read = 0;
        while (records.size() < most && read < bytes && hasNext()) {
            JournalRecord record = record();
            records.add(record);
            read += record.payload().length;
        }
        return records;
    }

    private boolean hasNext() {
        if (next < journal.readable(segment)) {
            return true;
        }
        Segment later = journal.segmentOf(next);
        if (later == segment) {
            return false;
        }
        segment = later;
        position = Segment.HEAD;
        return next < journal.readable(segment);
    }

    private JournalRecord record() {
        try {
            JournalRecord record = frame.read(segment.bytes(), position, next, chain);
            chain = record.chain();
            position += RecordFrame.size(record.payload().length);
            next++;
            return record;
        } catch (RecordFrame.Torn torn) {
            throw new JournalDamaged(segment.path(), position, String.valueOf(torn.getMessage()));
        }
    }
}
