package org.sallyport.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What is in results on record. */
public final class ReadResults {
    private ReadResults() {}

    /** The values of all of them, statement by statement. */
    public static List<String> values(List<?> records) {
        var readers = new TreeMap<Long, ResultReader>();
        records.stream()
                .filter(ResultChunkRecord.class::isInstance)
                .map(ResultChunkRecord.class::cast)
                .sorted(Comparator.comparing(chunk -> chunk.key().chunk()))
                .forEach(
                        chunk -> readers.computeIfAbsent(chunk.key().number(), number -> new ResultReader(0, 1_000_000))
                                .accept(Compression.undone(chunk.content(), 1 << 20)));
        List<String> values = new ArrayList<>();
        readers.values()
                .forEach(reader -> reader.page()
                        .results()
                        .forEach(result -> result.rows().forEach(row -> row.forEach(value -> values.add("" + value)))));
        return values;
    }
}
