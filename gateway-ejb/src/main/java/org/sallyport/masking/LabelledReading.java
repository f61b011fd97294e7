package org.sallyport.masking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.policy.Consequences;
import org.sallyport.policy.HiddenRelation;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.ResolvedName;
import org.sallyport.policy.Ruling;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/** Decides whether a statement may run for an identity that must not see every label, and how it is shown. */
public final class LabelledReading {

    /** System catalogs that show values of rows, texts of statements, or secrets. */
    static final Set<String> TELLING_CATALOGS = Set.of(
            "pg_stats",
            "pg_stats_ext",
            "pg_stats_ext_exprs",
            "pg_statistic",
            "pg_statistic_ext_data",
            "pg_authid",
            "pg_shadow",
            "pg_stat_activity",
            "pg_stat_statements",
            "pg_prepared_statements",
            "pg_cursors",
            "pg_largeobject",
            "pg_largeobject_metadata",
            "pg_user_mapping",
            "pg_user_mappings",
            "pg_subscription");

    /** Somebody writes a mask into the column that it hides. */
    public static final Ruling.Deny WRITTEN_BACK = Refusals.deny(
            Ruling.Ground.LAW,
            "masking",
            "permission denied to write a masked value back",
            "what is to be written looks like what masks put in place of values, and would replace the true one.",
            "Write labelled columns only where their value is known, and leave them out of other changes.");

    private static final String ALONE =
            "a statement that touches labelled columns, and is no plain query, must be the only one of its query string.";

    private final Labelling labelling;
    private final Catalog catalog;

    public LabelledReading(Labelling labelling, Catalog catalog) {
        this.labelling = labelling;
        this.catalog = catalog;
    }

    /** What was found out about a statement, or about all of a query string. */
    public sealed interface Finding {
        /** How results are shown, where that is known before they come. */
        default Optional<ResultPlan> plan() {
            return Optional.empty();
        }

        /**
         * It touches nothing labelled.
         *
         * @param plan how its rows are shown, where it is a query among others, or, fetched later, where it declares a cursor
         */
        record Clear(Optional<ResultPlan> plan) implements Finding {
            static final Clear NOW = new Clear(Optional.empty());
        }

        /**
         * It may run if its results are masked.
         *
         * @param plan how; empty where it has to be found by what the server says of the result
         */
        record Shaped(Optional<ResultPlan> plan) implements Finding {}

        /** It may not run. */
        record Refused(Ruling.Deny deny) implements Finding {}
    }

    /**
     * @param statements of one query string
     * @param meanings   what the server says about each, if it was asked
     */
    public Finding find(List<Statement> statements, Function<Statement, Optional<Meaning>> meanings) {
        boolean alone = statements.size() == 1;
        List<Finding> findings = new ArrayList<>();
        for (Statement statement : statements) {
            Finding finding = find(statement, meanings.apply(statement), alone);
            if (alone || finding instanceof Finding.Refused) {
                return finding;
            }
            findings.add(finding);
        }
        List<Finding> shaped =
                findings.stream().filter(Finding.Shaped.class::isInstance).toList();
        if (shaped.stream().anyMatch(finding -> finding.plan().isPresent())) {
            return together(statements, findings);
        }
        return shaped.isEmpty() ? Finding.Clear.NOW : shaped.get(0);
    }

    /**
     * @param meaning what the server says about it, if it was asked
     * @param alone   whether the statement is the only one of its query string
     */
    private Finding find(Statement statement, Optional<Meaning> meaning, boolean alone) {
        Reading reading = statement.reading();
        Optional<HiddenRelation> hiding = HiddenRelation.in(statement, catalog)
                .filter(hidden -> isLessOpen(hidden.behind(), hidden.shown()))
                .findFirst();
        if (hiding.isPresent()) {
            return hiding(hiding.get());
        }
        if (meaning.isPresent()) {
            boolean query = statement.showsItsQuery();
            Optional<Finding> refusal = refusal(meaning.get(), query);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (query) {
                return told(statement, meaning.get(), alone);
            }
        }
        if (reading instanceof Reading.Fetch) {
            // Which cursor that is, and so how its rows are shown, the session knows.
            return alone
                    ? new Finding.Shaped(Optional.empty())
                    : refused("a statement that reads from a cursor must be the only one of its query.");
        }
        List<ResolvedName> touched = reading.relations().stream()
                .map(name -> ResolvedName.of(name, catalog))
                .toList();
        Optional<String> telling = telling(touched);
        if (telling.isPresent()) {
            return refused("system catalog " + telling.get() + " shows values of labelled columns.");
        }
        Optional<Relation> labelled = labelled(touched);
        if (labelled.isPresent()) {
            return labelled(labelled.get(), reading, alone);
        }
        Optional<String> changed = changed(reading, meaning);
        if (changed.isPresent()) {
            return refused(changed.get());
        }
        Optional<Relation> reached = reached(reading);
        if (reached.isPresent()) {
            return refused(reached.get().qualifiedName() + " has labelled columns, and the statement may reach it.");
        }
        Optional<String> hidden = hiddenMention(statement, touched);
        if (hidden.isPresent()) {
            return refused("labelled table " + hidden.get() + " is named in a place that cannot be judged.");
        }
        // What the server names is known, and not labelled: what is not known is what the statement makes.
        Finding rest = meaning.isPresent() ? Finding.Clear.NOW : unknown(reading, touched);
        return rest instanceof Finding.Clear && reaches(reading, meaning)
                ? new Finding.Shaped(meaning.map(told -> ResultPlan.ofNothingLabelled()))
                : rest;
    }

    /** Whether the query that it runs changes labelled tables in turn, whose rows an error would show; what defines shows none. */
    private boolean reaches(Reading reading, Optional<Meaning> meaning) {
        if (meaning.isPresent()) {
            return new FlowCheck(labelling, catalog, meaning.get()).reaches();
        }
        ChangeCheck check = new ChangeCheck(labelling, catalog, ChangeCheck.ANY.keySet());
        return reading.query().map(QueryFacts::changes).orElse(Set.of()).stream()
                .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                .anyMatch(relation -> check.objection(relation, ChangeCheck.ANY).isPresent() || check.reaches());
    }

    /** Whether what is permitted on one relation may not be on another of its name, whatever comes between being judged and run. */
    private boolean isLessOpen(Relation behind, Relation shown) {
        return TELLING_CATALOGS.contains(behind.name()) || !labelling.hidesAsMuch(shown, behind);
    }

    private static Finding hiding(HiddenRelation hidden) {
        String shown = hidden.shown().qualifiedName();
        return new Finding.Refused(Refusals.deny(
                Ruling.Ground.LAW,
                "masking",
                "permission denied: what a name will stand for is not known",
                shown + " hides " + hidden.behind().qualifiedName()
                        + " on the search path, which has labelled columns.",
                "Write it with its schema: " + shown + "."));
    }

    /** @param query whether the statement does nothing but show the rows of its query */
    private Optional<Finding> refusal(Meaning meaning, boolean query) {
        for (Map.Entry<Integer, Meaning.Use> used : meaning.relations().entrySet()) {
            Optional<Relation> relation = catalog.relation(used.getKey());
            if (relation.isEmpty()) {
                return Optional.of(refused("a table that is not known yet may have labelled columns."));
            }
            if (!relation.get().knows(used.getValue().read())) {
                return Optional.of(refused("a column that is not known yet may be labelled."));
            }
            if (relation.filter(r -> TELLING_CATALOGS.contains(r.name())).isPresent()) {
                return Optional.of(
                        refused("system catalog " + relation.get().name() + " shows values of labelled columns."));
            }
            if (labelling.touches(relation.get()) && !query) {
                return Optional.of(refused(relation.get().qualifiedName()
                        + " has labelled columns, so only a query of its own may touch it."));
            }
        }
        return Optional.empty();
    }

    /** How the result of a query is shown that may be, whether masks are left in it or not. */
    public ResultPlan plan(Meaning meaning) {
        return new FlowCheck(labelling, catalog, meaning).plan();
    }

    /**
     * How the data of a COPY TO STDOUT is shown if it is to be looked at whether it is labelled or not; empty where it cannot be.
     *
     * @param meaning what the server says about its query, if it has one
     */
    public Optional<ResultPlan> copied(Statement statement, Optional<Meaning> meaning) {
        if (statement.reading() instanceof Reading.CopyOut copy) {
            return ResolvedName.of(copy.table(), catalog)
                    .relation()
                    .map(table -> new CopiedRows(labelling, table))
                    .filter(rows -> rows.knows(copy))
                    .flatMap(rows -> rows.ofTable(copy));
        }
        return meaning.flatMap(told -> CopiedRows.ofQuery(statement, plan(told)));
    }

    /** Whether a statement is a COPY TO STDOUT. */
    public static boolean copies(Statement statement) {
        return statement.reading() instanceof Reading.CopyOut
                || (statement.reading() instanceof Reading.Containing containing
                        && containing.outer() instanceof Reading.CopyOfQuery);
    }

    /** By what the server says that a query means. */
    private Finding told(Statement statement, Meaning meaning, boolean alone) {
        FlowCheck check = new FlowCheck(labelling, catalog, meaning);
        Optional<String> objection = check.objection();
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        ResultPlan plan = check.plan();
        if (!check.touches() && !check.reaches()) {
            boolean kept = statement.kind().equals("DECLARE") || (!alone && statement.isQuery());
            return kept ? new Finding.Clear(Optional.of(plan)) : Finding.Clear.NOW;
        }
        boolean writtenBack = plan.writes()
                && statement.tokens().stream()
                        .anyMatch(token -> token.kind() == Token.Kind.STRING && ResultPlan.isMasked(token.text()));
        if (writtenBack) {
            return new Finding.Refused(WRITTEN_BACK);
        }
        if (!alone && !statement.isQuery()) {
            return refused(ALONE);
        }
        return statement.kind().equals("COPY TO")
                ? shown(CopiedRows.ofQuery(statement, plan))
                : new Finding.Shaped(Optional.of(plan));
    }

    private static Finding copied(CopiedRows rows, Reading.CopyOut copy, boolean alone) {
        if (!alone) {
            return refused(ALONE);
        }
        return rows.knows(copy)
                ? shown(rows.ofTable(copy))
                : refused("a column that is not known yet may be labelled.");
    }

    private static Finding shown(Optional<ResultPlan> copied) {
        return copied.isPresent()
                ? new Finding.Shaped(copied)
                : refused(
                        "COPY data with labelled columns is masked in the formats text, csv and binary only, in UTF-8, and in text"
                                + " with no other NULL than such as '\\N'.");
    }

    /** What stands against what a statement changes that is no query, or is known by its text only. */
    private Optional<String> changed(Reading reading, Optional<Meaning> meaning) {
        if (meaning.isPresent()) {
            return new FlowCheck(labelling, catalog, meaning.get()).changes();
        }
        Map<Kind, Set<Integer>> changes = changes(reading);
        ChangeCheck check = new ChangeCheck(labelling, catalog, changes.keySet());
        Set<ObjectName> changed = reading.query().map(QueryFacts::changes).orElseGet(reading::relations);
        return changed.stream()
                .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                .flatMap(relation -> check.objection(relation, changes).stream())
                .findFirst();
    }

    /** What a text may do to whatever it changes; a definition may have each row looked at, or written, anew. */
    private static Map<Kind, Set<Integer>> changes(Reading reading) {
        if (reading.query().isPresent()) {
            return ChangeCheck.ANY;
        }
        if (reading instanceof Reading.CopyIn) {
            return Map.of(Kind.INSERT, Set.of(0));
        }
        return reading instanceof Reading.Definition
                ? Map.of(Kind.INSERT, Set.of(0), Kind.UPDATE, Set.of(0))
                : Map.of();
    }

    private Finding labelled(Relation labelled, Reading reading, boolean alone) {
        String table = labelled.qualifiedName();
        if (labelling.isView(labelled)) {
            return refused(table + " shows labelled columns through a view or function.");
        }
        if (reading instanceof Reading.CopyOut copy) {
            return copied(new CopiedRows(labelling, labelled), copy, alone);
        }
        if (!(reading instanceof Reading.Query query)) {
            return refused(table + " has labelled columns, so it may only be read by a plain SELECT.");
        }
        if (!alone) {
            return refused(table + " has labelled columns, so its SELECT must be the only statement of its query.");
        }
        if (query.plain().isEmpty()) {
            return refused(table + " has labelled columns, so only a plain SELECT may read it; here: "
                    + query.notPlain() + ".");
        }
        return new PlainSelectCheck(labelling, catalog, query.plain().get(), query.relations())
                .objection()
                .map(LabelledReading::refused)
                .orElseGet(() -> new Finding.Shaped(Optional.empty()));
    }

    /** A relation newer than the snapshot may be a labelled one under another name. */
    private static Finding unknown(Reading reading, List<ResolvedName> touched) {
        Optional<ResolvedName> unknown =
                touched.stream().filter(name -> name.relation().isEmpty()).findFirst();
        if (unknown.isEmpty()) {
            return Finding.Clear.NOW;
        }
        if (reading instanceof Reading.Query) {
            return new Finding.Shaped(Optional.empty());
        }
        boolean moves = reading instanceof Reading.CopyOut
                || reading.query().filter(facts -> !facts.reads().isEmpty()).isPresent();
        return moves
                ? refused("table " + unknown.get().shown() + " is not known yet, so its columns' labels are not.")
                : Finding.Clear.NOW;
    }

    /**
     * Whether it reaches nothing labelled only as the snapshot has it: a transaction that has renamed something, or made it depend on
     * something else, knows better.
     */
    public boolean reliesOnSnapshot(Statement statement) {
        return Consequences.cascades(statement.reading()) && atMost().isPresent();
    }

    private Optional<Relation> reached(Reading reading) {
        Consequences consequences = Consequences.of(reading, catalog);
        Optional<Relation> reached =
                consequences.relations(catalog).filter(labelling::touches).findFirst();
        return reached.isPresent() || consequences.known() ? reached : atMost();
    }

    /** What depends on something that is not labelled, and so may have been renamed. */
    private Optional<Relation> atMost() {
        return Consequences.relationsAtMost(catalog, relation -> !labelling.touches(relation))
                .filter(labelling::touches)
                .findFirst();
    }

    private Optional<Relation> labelled(Collection<ResolvedName> touched) {
        return touched.stream()
                .flatMap(name -> name.relation().stream())
                .filter(labelling::touches)
                .findFirst();
    }

    private static Optional<String> telling(Collection<ResolvedName> touched) {
        return touched.stream()
                .map(ResolvedName::name)
                .filter(TELLING_CATALOGS::contains)
                .findFirst();
    }

    /** A second net: a labelled table's name among the tokens, where no table and no column was found. */
    private Optional<String> hiddenMention(Statement statement, List<ResolvedName> touched) {
        List<String> explained = new ArrayList<>();
        for (ResolvedName name : touched) {
            explained.add(name.name());
            name.relation().ifPresent(r -> r.columns().forEach(column -> explained.add(column.name())));
        }
        return statement.tokens().stream()
                .filter(Token::isName)
                .map(Token::text)
                .filter(text -> !explained.contains(text))
                .filter(text -> catalog.resolve(text).filter(labelling::touches).isPresent())
                .findFirst();
    }

    /** What shows labelled columns beside others: each result as its own statement says. */
    private static Finding together(List<Statement> statements, List<Finding> findings) {
        List<ResultPlan> plans = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (!staysBeside(statements.get(i))) {
                return refused(
                        "labelled columns are shown beside queries, settings and transaction control only, and here stands "
                                + statements.get(i).kind() + ".");
            }
            Optional<ResultPlan> plan = findings.get(i).plan();
            if (findings.get(i) instanceof Finding.Shaped && plan.isEmpty()) {
                return refused("labelled columns are not shown beside a table that is not known yet.");
            }
            plans.add(plan.orElseGet(ResultPlan::ofNothingLabelled));
        }
        return new Finding.Shaped(Optional.of(ResultPlan.ofEach(plans)));
    }

    /** Whether it leaves what names stand for, and has at most the one result that it is known to have. */
    private static boolean staysBeside(Statement statement) {
        Reading reading = statement.reading();
        return statement.isQuery()
                || reading instanceof Reading.Transaction
                || reading instanceof Reading.Setting
                || reading instanceof Reading.Harmless;
    }

    private static Finding refused(String because) {
        return new Finding.Refused(
                Refusals.deny(
                        Ruling.Ground.LAW,
                        "masking",
                        "permission denied: statement could reveal masked values",
                        because,
                        "Select the labelled columns, and use only other columns in conditions, joins, ordering and grouping."));
    }
}
