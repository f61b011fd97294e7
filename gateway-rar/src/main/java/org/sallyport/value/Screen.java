package org.sallyport.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Sought;

/** Looks for what some detectors are for, counts it, and remembers which parts of the text are to be hidden. */
final class Screen {
    /** A longer value would hold up the other sessions of the event loop: this takes five milliseconds, or fifteen at worst. */
    static final int MOST_BYTES = 1 << 20;

    private final Findings findings;
    private final Map<Sought.Known, Detector> known = new EnumMap<>(Sought.Known.class);
    private final KnownScan knownScan;
    private final List<PatternScan> patterns = new ArrayList<>();
    private final boolean hides;
    private final int mostBytes;

    /** Start and end of each part in one number, so that they sort by their starts. */
    private long[] parts = new long[8];

    private int count;

    Screen(List<Detector> detectors, Findings findings) {
        this.findings = findings;
        for (Detector detector : detectors) {
            if (detector.sought() instanceof Sought.Known sought) {
                known.put(sought, detector);
            } else if (detector.sought() instanceof Sought.Pattern) {
                patterns.add(new PatternScan(detector));
            }
        }
        this.knownScan = new KnownScan(known.keySet(), this::onKnown);
        this.hides = detectors.stream().anyMatch(Detector::hides);
        this.mostBytes = patterns.isEmpty() ? MOST_BYTES : PatternScan.mostBytes(patterns);
    }

    /** Whether anything that it finds is to be hidden. */
    boolean hides() {
        return hides;
    }

    /** Whether a value is too long to be looked at. */
    boolean isTooLong(int bytes) {
        return bytes > mostBytes;
    }

    /** Looks at a text; says whether parts of it are to be hidden. */
    boolean look(byte[] text, int from, int to) {
        count = 0;
        if (!known.isEmpty()) {
            knownScan.scan(text, from, to);
        }
        for (PatternScan pattern : patterns) {
            pattern.scan(text, from, to, this::found);
        }
        return count > 0 && merge();
    }

    private void onKnown(Sought.Known what, int start, int end) {
        Detector detector = known.get(what);
        if (detector != null) {
            found(detector, start, end);
        }
    }

    private void found(Detector detector, int start, int end) {
        findings.count(detector.sought());
        if (detector.hides()) {
            if (count == parts.length) {
                parts = Arrays.copyOf(parts, 2 * count);
            }
            parts[count++] = (long) start << Integer.SIZE | end;
        }
    }

    /** In order and apart from each other; what one detector has found may be part of what another has. */
    private boolean merge() {
        Arrays.sort(parts, 0, count);
        int last = 0;
        for (int i = 1; i < count; i++) {
            if (start(i) < end(last)) {
                parts[last] = (long) start(last) << Integer.SIZE | Math.max(end(last), end(i));
            } else {
                parts[++last] = parts[i];
            }
        }
        count = last + 1;
        return true;
    }

    /** How many parts of the last text are to be hidden. */
    int parts() {
        return count;
    }

    int start(int part) {
        return (int) (parts[part] >>> Integer.SIZE);
    }

    int end(int part) {
        return (int) parts[part];
    }
}
