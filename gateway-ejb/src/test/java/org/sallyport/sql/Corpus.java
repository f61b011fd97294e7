package org.sallyport.sql;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The statements of PostgreSQL's regression suite, from {@code -Dsallyport.corpus=FILE}: lines of JSON in gzip. */
public final class Corpus {
    private Corpus() {}

    /** What others build on; files of the suite run in parallel where this says nothing. */
    private static final List<String> FIRST = List.of(
            "test_setup.sql",
            "create_type.sql",
            "create_table.sql",
            "create_misc.sql",
            "create_index.sql",
            "create_view.sql");

    /** Those of each of its files, in an order in which they can run one after the other. */
    public static Map<String, List<String>> inOrder() throws IOException {
        Map<String, List<String>> files = new LinkedHashMap<>();
        Map<String, List<String>> suite = read();
        FIRST.forEach(file -> files.put(file, suite.getOrDefault(file, List.of())));
        files.putAll(suite);
        return files;
    }

    /** Those of each of its files, by the file's name, in their order. */
    public static Map<String, List<String>> read() throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        try (InputStream in =
                        new GZIPInputStream(Files.newInputStream(Path.of(System.getProperty("sallyport.corpus"))));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                Map<String, Object> statement = JSONObjectUtils.parse(line);
                files.computeIfAbsent(JSONObjectUtils.getString(statement, "file"), file -> new ArrayList<>())
                        .add(JSONObjectUtils.getString(statement, "sql"));
            }
        } catch (ParseException e) {
            throw new IOException(e);
        }
        return files;
    }
}
