package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A block comment before a text's first word that asks for labels to be shown in the clear: {@code sallyport: unmask pii.ssn, pii.email}.
 *
 * <p>Elsewhere, inside another comment or in a string such words mean nothing.
 *
 * @param labels as written; none where the comment is meant for the gateway and is not understood
 */
public record UnmaskComment(List<String> labels) {
    private static final String ADDRESS = "sallyport:";
    private static final String VERB = "unmask";

    public UnmaskComment {
        labels = List.copyOf(labels);
    }

    /** Empty where the text asks for nothing, as nearly all do: then this costs a look at its first characters. */
    public static Optional<UnmaskComment> of(String sql) {
        List<String> requests = requests(sql);
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new UnmaskComment(requests.size() == 1 ? labels(requests.get(0)) : List.of()));
    }

    /** What stands in the leading comments that are meant for the gateway, behind its name. */
    private static List<String> requests(String sql) {
        List<String> requests = new ArrayList<>(0);
        int at = 0;
        while (at < sql.length()) {
            if (Characters.isSpace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = Characters.lineEnd(sql, at);
            } else if (sql.startsWith("/*", at)) {
                int end = end(sql, at);
                String inside = sql.substring(at + 2, Math.max(at + 2, end - 2)).strip();
                if (inside.toLowerCase(Locale.ROOT).startsWith(ADDRESS)) {
                    requests.add(inside.substring(ADDRESS.length()).strip());
                }
                at = end;
            } else {
                return requests;
            }
        }
        return requests;
    }

    /** One without an end is refused elsewhere, as all that cannot be read. */
    private static int end(String sql, int from) {
        try {
            return Characters.commentEnd(sql, from);
        } catch (UnreadableSql unterminated) {
            return sql.length();
        }
    }

    private static List<String> labels(String request) {
        if (!request.regionMatches(true, 0, VERB, 0, VERB.length()) || request.length() == VERB.length()) {
            return List.of();
        }
        String names = request.substring(VERB.length());
        List<String> labels = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            labels.add(name.strip());
        }
        boolean understood =
                Character.isWhitespace(names.charAt(0)) && labels.stream().noneMatch(String::isEmpty);
        return understood ? labels.stream().distinct().toList() : List.of();
    }
}
