package org.sallyport.verify;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row's columns, one after the other. Whatever could not have been written by a gateway is a failure. */
final class RowFields {
    private final ResultSet row;
    private int column;

    RowFields(ResultSet row) {
        this.row = row;
    }

    /** The name of a row: its next columns as they are. */
    String words(int columns) throws SQLException {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            words.append(i == 0 ? "" : " ").append(row.getString(++column));
        }
        return words.toString();
    }

    long number() throws SQLException {
        return optionalNumber().orElseThrow();
    }

    Optional<Long> optionalNumber() throws SQLException {
        long number = row.getLong(++column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    UUID id() throws SQLException {
        return optionalId().orElseThrow();
    }

    Optional<UUID> optionalId() throws SQLException {
        return Optional.ofNullable(row.getObject(++column, UUID.class));
    }

    String text() throws SQLException {
        return optionalText().orElseThrow();
    }

    Optional<String> optionalText() throws SQLException {
        return Optional.ofNullable(row.getString(++column));
    }

    byte[] bytes() throws SQLException {
        return Optional.ofNullable(row.getBytes(++column)).orElseThrow();
    }

    /** Empty where there is none: no seal is of that length. */
    byte[] bytesOrNone() throws SQLException {
        return Optional.ofNullable(row.getBytes(++column)).orElseGet(() -> new byte[0]);
    }

    Instant instant() throws SQLException {
        return row.getObject(++column, OffsetDateTime.class).toInstant();
    }

    /** An array and its lower bound, without NULLs. */
    List<String> names() throws SQLException {
        return texts().stream().map(Objects::requireNonNull).toList();
    }

    /** An array and its lower bound: of one dimension, and counted from 1. */
    List<@Nullable String> texts() throws SQLException {
        Array array = row.getArray(++column);
        @Nullable String[] texts = (@Nullable String[]) array.getArray();
        if (optionalNumber().orElse(1L) != 1) {
            throw new IllegalArgumentException("an array that is counted from another number than 1");
        }
        return Arrays.asList(texts);
    }
}
