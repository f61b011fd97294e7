package org.sallyport.value;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Sought;

/** Finds what an operator's own pattern matches: by RE2, whose work grows with the text and no faster. */
final class PatternScan {
    private static final int MOST_BYTES = 1 << 16;

    /** RE2 may look at each of its states for each byte, for ten nanoseconds: this would take a sixth of a second, and seldom takes a tenth of that. */
    private static final int MOST_LOOKS = 1 << 24;

    /** What is known of a handful of policies' patterns; more than that are compiled again. */
    private static final int KEPT = 256;

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private final Detector detector;
    private final Pattern pattern;

    PatternScan(Detector detector) {
        this.detector = detector;
        this.pattern = compiled(((Sought.Pattern) detector.sought()).expression());
    }

    private static Pattern compiled(String expression) {
        Pattern known = COMPILED.get(expression);
        if (known != null) {
            return known;
        }
        Pattern made = Pattern.compile(expression);
        if (COMPILED.size() >= KEPT) {
            COMPILED.clear();
        }
        COMPILED.put(expression, made);
        return made;
    }

    /** How long a text may be that is put to these patterns, so that none of them holds up the other sessions for long. */
    static int mostBytes(List<PatternScan> patterns) {
        int states =
                patterns.stream().mapToInt(scan -> scan.pattern.programSize()).sum();
        return Math.min(MOST_BYTES, MOST_LOOKS / Math.max(1, states));
    }

    /** Is told of each part of a text that matches. */
    @FunctionalInterface
    interface Found {
        void found(Detector detector, int start, int end);
    }

    void scan(byte[] text, int from, int to, Found found) {
        byte[] whole = from == 0 && to == text.length ? text : Arrays.copyOfRange(text, from, to);
        Matcher matcher = pattern.matcher(whole);
        while (matcher.find()) {
            // What is empty hides nothing.
            if (matcher.end() > matcher.start()) {
                found.found(detector, from + matcher.start(), from + matcher.end());
            }
        }
    }
}
