package org.sallyport.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sallyport.record.Criterion;
import org.sallyport.record.Position;
import org.sallyport.record.Search;

/**
 * A search as the parameters of a request put it. Strict: what is misspelt would otherwise find more than was asked for.
 *
 * @param size how many are wanted, at most {@value #LARGEST}
 */
record Question(Search search, Optional<Position> after, int size) {
    /** A page of statements is a few megabytes at worst: the long ones are cut. */
    static final int LARGEST = 200;

    private static final int USUAL = 50;
    private static final int LONGEST = 1000;

    private static final Map<String, Criterion> CRITERIA = Map.of(
            "identity", Criterion.IDENTITY,
            "connection", Criterion.CONNECTION,
            "relation", Criterion.RELATION,
            "label", Criterion.LABEL,
            "verdict", Criterion.VERDICT,
            "rule", Criterion.RULE,
            "sqlState", Criterion.SQL_STATE,
            "text", Criterion.TEXT);

    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    static Question of(Map<String, List<String>> sent) {
        Parameters parameters = new Parameters(sent);
        Set<String> known = new TreeSet<>(CRITERIA.keySet());
        known.addAll(List.of("from", "to", "after", "size"));
        parameters.allow(known);
        Map<Criterion, String> wanted = new EnumMap<>(Criterion.class);
        CRITERIA.forEach((name, criterion) -> parameters
                .read(name, value -> text(criterion, value))
                .ifPresent(value -> wanted.put(criterion, value)));
        Optional<Instant> from = parameters.read("from", Question::time);
        Optional<Instant> to = parameters.read("to", Question::time);
        requireOrder(from, to);
        return new Question(
                new Search(wanted, from, to),
                parameters.read("after", Question::position),
                parameters.read("size", Question::size).orElse(USUAL));
    }

    /** One for all there is, page by page. */
    static Question paged(Map<String, List<String>> sent) {
        Parameters parameters = new Parameters(sent);
        parameters.allow(new TreeSet<>(Set.of("after", "size")));
        return new Question(
                Search.ALL,
                parameters.read("after", Question::position),
                parameters.read("size", Question::size).orElse(USUAL));
    }

    static void requireOrder(Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new Refused(ProblemKind.INVALID, "to: expected a time after from.");
        }
    }

    private static String text(Criterion criterion, String value) {
        if (criterion == Criterion.VERDICT && !Set.of("PERMIT", "DENY").contains(value)) {
            throw new IllegalArgumentException("PERMIT or DENY");
        }
        if (criterion == Criterion.SQL_STATE && !SQL_STATE.matcher(value).matches()) {
            throw new IllegalArgumentException("five digits or capital letters, such as 42501");
        }
        if (value.isEmpty() || value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to " + LONGEST + " characters, none of them NUL");
        }
        return value;
    }

    static Instant time(String value) {
        try {
            // What is further away the store cannot keep, nor a calendar show.
            Instant time = OffsetDateTime.parse(value).toInstant();
            if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // Said below.
        }
        throw new IllegalArgumentException("a time such as 2026-11-26T10:00:00Z");
    }

    private static Position position(String value) {
        return Position.read(value).orElseThrow(() -> new IllegalArgumentException("what the page before has as next"));
    }

    private static int size(String value) {
        int size = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("a whole number from 1 to " + LARGEST);
        }
        return size;
    }

    /** What was sent. Whatever is wrong with it names the parameter and says what was expected. */
    record Parameters(Map<String, List<String>> sent) {
        void allow(Set<String> known) {
            sent.forEach((name, values) -> {
                if (!known.contains(name)) {
                    // Not its name: nobody should read here what somebody else made up.
                    throw new Refused(
                            ProblemKind.INVALID,
                            "A parameter is not known here; expected " + String.join(", ", known) + ".");
                }
                if (values.size() != 1) {
                    throw new Refused(ProblemKind.INVALID, name + ": expected once.");
                }
            });
        }

        /** @param meaning fails with what was expected */
        <T> Optional<T> read(String name, Function<String, T> meaning) {
            try {
                return Optional.ofNullable(sent.get(name)).map(values -> meaning.apply(values.get(0)));
            } catch (IllegalArgumentException e) {
                throw new Refused(ProblemKind.INVALID, name + ": expected " + e.getMessage() + ".");
            }
        }
    }
}
