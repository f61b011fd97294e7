package org.sallyport.meaning;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.meaning.Meaning.Use;

/**
 * Reads a {@link Meaning} out of the server's tree of a statement.
 *
 * <p>The walk is total: whatever node an OID stands in, it is found by its field's name. So what a newer server says in a new
 * node hides nothing that an older one would have shown.
 */
final class MeaningReader {
    private static final Set<String> FUNCTIONS = Set.of(
            "funcid",
            "opfuncid",
            "hashfuncid",
            "negfuncid",
            "aggfnoid",
            "winfnoid",
            "tsmhandler",
            "startInRangeFunc",
            "endInRangeFunc");

    private static final Set<String> OPERATORS =
            Set.of("opno", "opnos", "eqop", "sortop", "eqOps", "sortOps", "uniqOps", "mergeop", "cycle_mark_neop");

    /** {@code current_setting} of one argument and of two, in every version of PostgreSQL. */
    private static final Set<Integer> SHOWING = Set.of(2077, 3294);

    private static final int SET_CONFIG = 2078;

    private static final Set<String> VALUES = Set.of("CONST", "PARAM");

    /** PARAM_EXTERN of PostgreSQL's ParamKind. */
    private static final int EXTERNAL = 0;

    /** PostgreSQL's OIDs of text and varchar. */
    private static final Set<Integer> TEXTS = Set.of(25, 1043);

    /** RTE_RELATION of PostgreSQL's RTEKind. */
    private static final String PLAIN_RELATION = "0";

    /** PostgreSQL's AclMode bits. */
    private static final int INSERT = 1;

    private static final int SELECT = 1 << 1;
    private static final int UPDATE = 1 << 2;
    private static final int DELETE = 1 << 3;

    private static final Set<Integer> WHOLE_ROW = Set.of(0);

    /** Sets of columns count from the first system column, which is -6, and begin at one. */
    private static final int FIRST_COLUMN = -7;

    private final Map<Integer, Use> relations = new HashMap<>();
    private final Set<Integer> functions = new HashSet<>();
    private final Set<Integer> operators = new HashSet<>();
    private final Set<Integer> types = new HashSet<>();
    private final Set<Integer> casts = new HashSet<>();
    private final Set<Integer> inputs = new HashSet<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<String> changed = new HashSet<>();

    private final boolean apart;

    private MeaningReader(boolean apart) {
        this.apart = apart;
    }

    /**
     * @param body {@code prosqlbody} of a function whose body is the one statement
     * @param apart whether each parameter has the number that the client gave it
     * @throws UnreadableTree where it is not understood
     * @throws SQLException where {@code notNull} does
     */
    static Meaning read(String body, boolean apart, NotNull notNull) throws SQLException {
        Tree whole = TreeReader.read(body);
        Tree.Node query = query(whole);
        MeaningReader reader = new MeaningReader(apart);
        reader.walk(whole);
        return new Meaning(
                Kind.of(query.number("commandType")),
                ChangeReader.read(whole, notNull),
                reader.relations,
                reader.functions,
                reader.operators,
                reader.types,
                reader.casts,
                reader.inputs,
                new Meaning.Settings(reader.shown, reader.changed),
                columns(query),
                FlowReader.read(query));
    }

    /** A list of the body's statements, each a list of what the rewriter might have made of it. */
    static Tree.Node query(Tree whole) {
        Tree inner = whole;
        while (inner instanceof Tree.Items list && list.items().size() == 1) {
            inner = list.items().get(0);
        }
        boolean query = inner instanceof Tree.Node node
                && node.tag().equals("QUERY")
                && node.field("utilityStmt").equals(Tree.NOTHING);
        if (query) {
            return (Tree.Node) inner;
        }
        throw new UnreadableTree("not the tree of one query");
    }

    private void walk(Tree whole) {
        Deque<Tree> rest = new ArrayDeque<>();
        rest.push(whole);
        while (!rest.isEmpty()) {
            Tree next = rest.pop();
            if (next instanceof Tree.Items list) {
                list.items().forEach(rest::push);
            } else if (next instanceof Tree.Node node) {
                look(node);
                node.fields().values().forEach(rest::push);
            }
        }
    }

    private void look(Tree.Node node) {
        if (node.number("relid") != 0) {
            relation(node);
        } else if (node.field("rtekind") instanceof Tree.Atom kind
                && kind.text().equals(PLAIN_RELATION)) {
            throw new UnreadableTree("a relation without an OID");
        }
        if (node.fields().containsKey("coerceformat") || node.fields().containsKey("coercionformat")) {
            addTo(casts, node.field("resulttype"));
        }
        if (node.field("setOperations") instanceof Tree.Node) {
            Set<Integer> combined = Combining.casts(node);
            casts.addAll(combined);
            types.addAll(combined);
        }
        addTo(inputs, node.field("consttype"));
        addTo(inputs, node.field("paramtype"));
        node.fields().forEach((name, value) -> {
            if (FUNCTIONS.contains(name)) {
                addTo(functions, value);
                if (SHOWING.contains(node.number(name))) {
                    shown.add(shown(node));
                } else if (node.number(name) == SET_CONFIG) {
                    changed.add(changed(node));
                }
            } else if (OPERATORS.contains(name) && !isCalled(node, name)) {
                addTo(operators, value);
            } else if ((name.endsWith("type") || name.equals("colltypes") || name.equals("coltypes")) && !isRow(node)) {
                addTo(types, value);
            }
        });
    }

    private String shown(Tree.Node call) {
        return call.nodes("args").stream()
                .limit(1)
                .flatMap(name -> literal(name).or(() -> parameter(name)).stream())
                .findFirst()
                .orElse("");
    }

    private static String changed(Tree.Node call) {
        List<Tree.Node> arguments = call.nodes("args");
        boolean given = arguments.size() == 3
                && arguments.stream()
                        .map(MeaningReader::bare)
                        .allMatch(value -> value instanceof Tree.Node node && VALUES.contains(node.tag()));
        return given ? literal(arguments.get(0)).orElse("") : "";
    }

    private static Optional<String> literal(Tree.Node name) {
        return TextConstant.of(name)
                .filter(literal -> !literal.startsWith(Meaning.Settings.PARAMETER))
                .map(literal -> literal.toLowerCase(Locale.ROOT));
    }

    /** What has another type by its name only. */
    private static Tree bare(Tree.Node value) {
        return value.tag().equals("RELABELTYPE") ? value.field("arg") : value;
    }

    /** {@code $1} of a parameter that is a text, or a varchar, whose characters are the same. */
    private Optional<String> parameter(Tree.Node name) {
        return apart
                        && bare(name) instanceof Tree.Node node
                        && node.tag().equals("PARAM")
                        && node.number("paramkind") == EXTERNAL
                        && TEXTS.contains(node.number("paramtype"))
                ? Optional.of(Meaning.Settings.PARAMETER + node.number("paramid"))
                : Optional.empty();
    }

    /** Of an operator that stands in an expression its function is known. */
    private static boolean isCalled(Tree.Node node, String operator) {
        return operator.equals("opno") && node.number("opfuncid") != 0;
    }

    /** A whole row: of which type it is, its relation says; there is one behind each ON CONFLICT. */
    private static boolean isRow(Tree.Node node) {
        return node.tag().equals("VAR") && node.number("varattno") == 0;
    }

    private static void addTo(Set<Integer> oids, Tree value) {
        if (value instanceof Tree.Atom atom && atom.number() != 0) {
            oids.add(atom.number());
        } else if (value instanceof Tree.Items list) {
            list.items().forEach(item -> addTo(oids, item));
        }
    }

    /** An entry of a range table; since PostgreSQL 16 the rights stand in nodes of their own, which have the OID again. */
    private void relation(Tree.Node node) {
        int rights = node.number("requiredPerms");
        Map<Kind, Set<Integer>> changes = new EnumMap<>(Kind.class);
        if ((rights & INSERT) != 0) {
            changes.put(Kind.INSERT, columns(node, "insertedCols"));
        }
        if ((rights & UPDATE) != 0) {
            Set<Integer> updated = columns(node, "updatedCols");
            changes.put(Kind.UPDATE, updated.isEmpty() ? WHOLE_ROW : updated);
        }
        if ((rights & DELETE) != 0) {
            changes.put(Kind.DELETE, WHOLE_ROW);
        }
        Use use = new Use((rights & SELECT) != 0, columns(node, "selectedCols"), changes);
        relations.merge(node.number("relid"), use, MeaningReader::both);
    }

    private static Set<Integer> columns(Tree.Node node, String field) {
        Set<Integer> columns = new HashSet<>();
        node.numbers(field).forEach(member -> columns.add(member + FIRST_COLUMN));
        return columns;
    }

    private static Use both(Use one, Use other) {
        Map<Kind, Set<Integer>> changes = new EnumMap<>(Kind.class);
        changes.putAll(one.changes());
        other.changes().forEach((kind, columns) -> changes.merge(kind, columns, MeaningReader::both));
        return new Use(one.reads() || other.reads(), both(one.read(), other.read()), changes);
    }

    private static Set<Integer> both(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static List<Meaning.Column> columns(Tree.Node query) {
        boolean select = query.number("commandType") == 1;
        Tree targets = query.field(select ? "targetList" : "returningList");
        List<Meaning.Column> columns = new ArrayList<>();
        if (targets instanceof Tree.Items list) {
            for (Tree target : list.items()) {
                if (target instanceof Tree.Node entry && !isJunk(entry)) {
                    String name = entry.field("resname") instanceof Tree.Atom atom ? atom.text() : "";
                    columns.add(new Meaning.Column(name, entry.number("resorigtbl"), entry.number("resorigcol")));
                }
            }
        }
        return columns;
    }

    private static boolean isJunk(Tree.Node entry) {
        return entry.is("resjunk", "true");
    }
}
