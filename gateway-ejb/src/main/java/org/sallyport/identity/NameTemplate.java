package org.sallyport.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a name of claims, such as {@code ci/{repository}}.
 *
 * <p>{@code /} and {@code :} part a name into spaces. A claim may bring one only as the last piece and behind a literal that
 * ends in one: then the literal fixes the space, and no claim can speak its way into another.
 */
public final class NameTemplate {
    private static final Pattern PIECE = Pattern.compile("\\{([A-Za-z0-9_.:/-]+)}|([^{}]+)");

    /** Longer than any name that people read; keeps records and logs bounded. */
    static final int LONGEST_NAME = 255;

    private final String text;
    private final List<Piece> pieces;

    private NameTemplate(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = List.copyOf(pieces);
    }

    /** @throws IllegalArgumentException if the text is not a template */
    public static NameTemplate of(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            pieces.add(matcher.group(1) == null ? new Literal(matcher.group(2)) : new Claim(matcher.group(1)));
            end = matcher.end();
        }
        if (pieces.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException("expected literals and {claims}, such as ci/{repository}, not " + text);
        }
        return new NameTemplate(text, pieces);
    }

    /** The name; empty where a claim is missing or cannot be part of a name. */
    public Optional<String> fill(Map<String, Object> claims) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            Optional<String> piece = pieces.get(i).fill(claims, separatorsAllowedAt(i));
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            name.append(piece.get());
        }
        return Optional.of(name.toString()).filter(n -> n.length() <= LONGEST_NAME);
    }

    private boolean separatorsAllowedAt(int index) {
        return index > 0
                && index == pieces.size() - 1
                && pieces.get(index - 1) instanceof Literal literal
                && (literal.text.endsWith("/") || literal.text.endsWith(":"));
    }

    @Override
    public String toString() {
        return text;
    }

    private sealed interface Piece {
        Optional<String> fill(Map<String, Object> claims, boolean separatorsAllowed);
    }

    private record Literal(String text) implements Piece {
        @Override
        public Optional<String> fill(Map<String, Object> claims, boolean separatorsAllowed) {
            return Optional.of(text);
        }
    }

    private record Claim(String name) implements Piece {
        @Override
        public Optional<String> fill(Map<String, Object> claims, boolean separatorsAllowed) {
            return Optional.ofNullable(claims.get(name))
                    .flatMap(Claim::text)
                    .filter(NameTemplate::isPlain)
                    .filter(value -> separatorsAllowed || !separates(value));
        }

        private static Optional<String> text(Object value) {
            boolean readable = value instanceof String || value instanceof Long || value instanceof Integer;
            return readable ? Optional.of(value.toString()) : Optional.empty();
        }

        private static boolean separates(String value) {
            return value.indexOf('/') >= 0 || value.indexOf(':') >= 0;
        }
    }

    /** Whether a value may stand in a name: visible characters only, so that no two names look alike by hidden ones. */
    static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_NAME
                && value.codePoints().noneMatch(Unseen::is);
    }
}
