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
import java.sql.SQLException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.sallyport.meaning.Flow.Source;

/**
 * What a server of one version said, as {@link TreeRecorder} wrote it: lines of JSON in gzip.
 *
 * @param names   of whatever occurs in the meanings, by OID
 * @param notNull columns that cannot be null, as {@code oid.number}
 * @param trees   by their statements
 */
record RecordedTrees(Map<String, Object> names, List<Object> notNull, Map<String, String> trees) {
    /** Statements recorded for what they mean. */
    static final String MEANINGS = "meanings";

    /** Statements recorded for where their columns go, over {@link FlowTest}'s tables. */
    static final String FLOWS = "flows";

    static final List<Integer> VERSIONS = List.of(14, 15, 16, 17, 18);

    /** The statements, each with what is to be told of it; where nobody has written that down, the text is empty. */
    static Map<String, String> expected(String what) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(RecordedTrees.class.getResourceAsStream("recorded-" + what + ".txt"))) {
            String statement = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith(" ")) {
                    statement = line;
                }
                expected.put(statement, line.startsWith(" ") ? line.strip() : "");
            }
        }
        return expected;
    }

    static RecordedTrees read(String what, int version) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedTrees.class.getResourceAsStream(file(what, version)));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (String line : lines.lines().toList()) {
                all.add(JSONObjectUtils.parse(line));
            }
            Map<String, Object> schema = all.remove(0);
            Map<String, String> trees = new LinkedHashMap<>();
            for (Map<String, Object> one : all) {
                trees.put(JSONObjectUtils.getString(one, "sql"), JSONObjectUtils.getString(one, "tree"));
            }
            return new RecordedTrees(
                    JSONObjectUtils.getJSONObject(schema, "names"),
                    JSONObjectUtils.getJSONArray(schema, "notNull"),
                    trees);
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    void write(Path folder, String what, int version) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(file(what, version)))),
                StandardCharsets.UTF_8)) {
            out.write(JSONObjectUtils.toJSONString(Map.of("names", names, "notNull", notNull)) + "\n");
            for (Map.Entry<String, String> tree : trees.entrySet()) {
                out.write(JSONObjectUtils.toJSONString(Map.of("sql", tree.getKey(), "tree", tree.getValue())) + "\n");
            }
        }
    }

    private static String file(String what, int version) {
        return (what.equals(FLOWS) ? "flow-trees-" : "trees-") + version + ".jsonl.gz";
    }

    Meaning meaning(String statement) throws SQLException {
        return MeaningReader.read(
                Objects.requireNonNull(trees.get(statement)),
                true,
                (relation, attribute) -> notNull.contains(Integer.toUnsignedString(relation) + "." + attribute));
    }

    /** Whatever occurs in the statement's meaning, and the columns of its relations. */
    Set<String> oids(String statement) throws SQLException {
        Meaning meaning = meaning(statement);
        Stream<String> columns = sources(meaning.flow()).map(RecordedTrees::number);
        Stream<String> calls = meaning.flow().applied().values().stream()
                .flatMap(Set::stream)
                .map(call -> Integer.toUnsignedString(call.function()));
        Stream<String> oids = Stream.of(
                        meaning.relations().keySet(),
                        meaning.functions(),
                        meaning.operators(),
                        meaning.types(),
                        meaning.casts(),
                        meaning.inputs())
                .flatMap(Set::stream)
                .map(Integer::toUnsignedString);
        return Stream.of(oids, columns, calls).flatMap(all -> all).collect(Collectors.toSet());
    }

    private static Stream<Source> sources(Flow flow) {
        return Stream.concat(
                flow.outputs().stream()
                        .flatMap(output -> Stream.concat(output.same().stream(), output.derived().stream())),
                Stream.of(flow.uses().keySet(), flow.applied().keySet(), flow.deciding())
                        .flatMap(Set::stream));
    }

    private static String number(Source source) {
        return Integer.toUnsignedString(source.relation()) + "." + source.attribute();
    }

    /** In one line, where columns go; all by name. */
    String flow(String statement) throws SQLException {
        Flow flow = meaning(statement).flow();
        String outputs = flow.outputs().stream().map(this::output).collect(Collectors.joining(" "));
        TreeMap<String, Object> uses = new TreeMap<>();
        flow.uses().forEach((source, all) -> uses.put(column(source), new TreeSet<>(all)));
        TreeMap<String, Object> applied = new TreeMap<>();
        flow.applied()
                .forEach((source, calls) -> applied.put(
                        column(source), calls.stream().map(this::call).collect(Collectors.toCollection(TreeSet::new))));
        return "shows " + outputs + "; uses " + uses + "; calls " + applied + "; decides by "
                + columns(flow.deciding());
    }

    /** {@code =} what is shown as it is, {@code ~} what something made of it is, {@code -} of nothing. */
    private String output(Flow.Output output) {
        String same = output.same().isEmpty() ? "" : "=" + String.join(",", columns(output.same()));
        String derived = output.derived().isEmpty() ? "" : "~" + String.join(",", columns(output.derived()));
        return (same + derived).isEmpty() ? "-" : same + derived;
    }

    private String call(Flow.Call call) {
        return name(call.function()) + (call.collated() ? " collated" : "") + (call.decided() ? " decided" : "");
    }

    private Set<String> columns(Set<Source> sources) {
        return sources.stream().map(this::column).collect(Collectors.toCollection(TreeSet::new));
    }

    private String column(Source source) {
        return String.valueOf(names.getOrDefault(number(source), number(source)));
    }

    /** In one line, everything by name, so that servers can be compared. */
    String told(String statement) throws SQLException {
        Meaning meaning = meaning(statement);
        TreeMap<String, String> uses = new TreeMap<>();
        meaning.relations().forEach((oid, use) -> uses.put(name(oid), use(use)));
        String columns = meaning.columns().stream()
                .map(column -> column.name()
                        + (column.relation() == 0 ? "" : "=" + name(column.relation()) + "." + column.attribute()))
                .collect(Collectors.joining(", "));
        return meaning.kind() + " does " + new TreeSet<>(meaning.changes().kinds())
                + (meaning.changes().unbounded() ? " to all rows" : "") + "; uses " + uses + "; calls "
                + names(meaning.functions()) + " by " + names(meaning.operators()) + "; casts " + names(meaning.casts())
                + "; reads text as " + names(meaning.inputs()) + "; of types " + names(meaning.types()) + "; shows ["
                + columns + "]";
    }

    private static String use(Meaning.Use use) {
        TreeMap<Meaning.Kind, Set<Integer>> changes = new TreeMap<>();
        use.changes().forEach((kind, columns) -> changes.put(kind, new TreeSet<>(columns)));
        return (use.reads() ? "reads " : "asks nothing of ")
                + new TreeSet<>(use.read())
                + (changes.isEmpty() ? "" : " " + changes);
    }

    private Set<String> names(Set<Integer> oids) {
        return oids.stream().map(this::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private String name(int oid) {
        String number = Integer.toUnsignedString(oid);
        return String.valueOf(names.getOrDefault(number, number));
    }
}
