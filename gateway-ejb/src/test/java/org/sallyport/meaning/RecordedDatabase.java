package org.sallyport.meaning;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.catalog.Rows;

/**
 * What the server of one database answered: to the questions for its catalog, and to those for statements' meanings. In a file it is lines of
 * JSON in gzip, a question and its rows in each.
 */
public final class RecordedDatabase {
    private static final Path FOLDER = Path.of("src", "test", "resources", "org", "sallyport", "meaning");

    private static final String NOT_NULL =
            "select attrelid, attnum from pg_attribute where attnotnull and attnum > 0 and attrelid >= 16384";

    /** The trees stand by their statements, in a row of one value. */
    private final Map<String, List<List<@Nullable String>>> answers = new TreeMap<>();

    private RecordedDatabase() {}

    /** One to record. */
    public static RecordedDatabase empty() {
        return new RecordedDatabase();
    }

    @SuppressWarnings("unchecked")
    public static RecordedDatabase read(String resource) throws IOException {
        RecordedDatabase recorded = new RecordedDatabase();
        try (InputStream in = Objects.requireNonNull(RecordedDatabase.class.getResourceAsStream(resource));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                Map<String, Object> answer = JSONObjectUtils.parse(line);
                recorded.answers.put(JSONObjectUtils.getString(answer, "asked"), (List<List<@Nullable String>>)
                        (List<?>) JSONObjectUtils.getJSONArray(answer, "rows"));
            }
        } catch (ParseException e) {
            throw new IOException(e);
        }
        return recorded;
    }

    public void write(String resource) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(FOLDER.resolve(resource))), StandardCharsets.UTF_8)) {
            for (Map.Entry<String, List<List<@Nullable String>>> answer : answers.entrySet()) {
                out.write(JSONObjectUtils.toJSONString(Map.of("asked", answer.getKey(), "rows", answer.getValue()))
                        + "\n");
            }
        }
    }

    public Catalog catalog() throws SQLException {
        return new CatalogReader().read(sql -> Rows.of(answer(sql)));
    }

    public Meaning meaning(String query) throws SQLException {
        String tree = Objects.requireNonNull(answer(query).get(0).get(0));
        Set<List<String>> notNull = new HashSet<>();
        answer(NOT_NULL).forEach(row -> notNull.add(List.copyOf(row)));
        return MeaningReader.read(
                tree,
                true,
                (relation, attribute) ->
                        notNull.contains(List.of(Integer.toUnsignedString(relation), String.valueOf(attribute))));
    }

    private List<List<@Nullable String>> answer(String question) {
        return Objects.requireNonNull(answers.get(question), () -> "not recorded, see MaskedQueriesTest: " + question);
    }

    public void recordCatalog(Statement statement) throws SQLException {
        new CatalogReader().read(sql -> {
            record(statement, sql, sql);
            return Rows.of(answer(sql));
        });
        record(statement, NOT_NULL, NOT_NULL);
    }

    public void recordTree(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Reader.FUNCTION.formatted("pg_temp.reading", "", query));
            record(statement, query, Reader.tree("reading"));
            statement.execute("DROP FUNCTION pg_temp.reading");
        }
    }

    private void record(Statement statement, String question, String sql) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (ResultSet all = statement.executeQuery(sql)) {
            while (all.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= all.getMetaData().getColumnCount(); i++) {
                    row.add(all.getString(i));
                }
                rows.add(row);
            }
        }
        answers.put(question, rows);
    }
}
