package org.sallyport.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.policy.ResolvedName;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.PlainSelect;
import org.sallyport.sql.Token;

/** Checks that a plain SELECT uses labelled columns in its select list only, and there as they are. */
final class PlainSelectCheck {

    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    private final PlainSelect select;
    private final Labelling labelling;
    private final List<ResolvedName> touched;
    private final List<ResolvedName> sources;
    private final Set<String> sourceNames = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> labelledNames = new HashSet<>();

    PlainSelectCheck(Labelling labelling, Catalog catalog, PlainSelect select, Set<ObjectName> relations) {
        this.labelling = labelling;
        this.select = select;
        touched = relations.stream().map(name -> ResolvedName.of(name, catalog)).toList();
        sources = select.sources().stream()
                .map(source -> ResolvedName.of(source.table(), catalog))
                .toList();
        for (PlainSelect.Source source : select.sources()) {
            sourceNames.add(source.alias());
            sourceNames.add(source.table().name());
        }
        for (ResolvedName source : sources) {
            source.relation().ifPresent(relation -> hidden.addAll(labelling.columns(relation)));
        }
        for (ResolvedName name : touched) {
            if (name.relation().filter(labelling::touches).isPresent()) {
                labelledNames.add(name.name());
            }
        }
        for (PlainSelect.Item item : select.items()) {
            if (hidden.contains(item.column())) {
                item.alias().ifPresent(hidden::add);
            }
        }
    }

    /** What stands against the statement, as a sentence. */
    Optional<String> objection() {
        return sources().or(this::items).or(this::ordinals).or(this::elsewhere);
    }

    private Optional<String> sources() {
        for (ResolvedName source : sources) {
            if (source.relation().isEmpty()) {
                return Optional.of("table " + source.shown() + " is not known yet, so its columns' labels are not.");
            }
            if (labelling.isView(source.relation().get())) {
                return Optional.of(source.shown() + " shows labelled columns through a view or function.");
            }
        }
        for (ResolvedName name : touched) {
            boolean labelled = name.relation().filter(labelling::touches).isPresent();
            if (labelled && !sources.contains(name)) {
                return Optional.of(name.shown() + " has labelled columns and is read in a subquery.");
            }
        }
        // Two tables under one name: PostgreSQL refuses it too, and nothing here could tell them apart.
        long names = select.sources().stream()
                .map(PlainSelect.Source::alias)
                .distinct()
                .count();
        return names == select.sources().size() ? Optional.empty() : Optional.of("two tables stand under one name.");
    }

    private Optional<String> items() {
        for (PlainSelect.Item item : select.items()) {
            if (!item.isStar() && !isColumn(item.column())) {
                return Optional.of(item.column() + " in the select list is no column.");
            }
            boolean wholeRow = item.qualifier().isEmpty() && sourceNames.contains(item.column());
            if (wholeRow) {
                return Optional.of(item.column() + " in the select list is a whole row.");
            }
        }
        return Optional.empty();
    }

    private boolean isColumn(String name) {
        return SYSTEM_COLUMNS.contains(name)
                || sources.stream()
                        .flatMap(source -> source.relation().stream())
                        .anyMatch(relation -> relation.hasColumn(name));
    }

    private Optional<String> ordinals() {
        for (int ordinal : select.ordinals()) {
            boolean star = select.items().stream().anyMatch(PlainSelect.Item::isStar);
            boolean outside = ordinal < 1 || ordinal > select.items().size();
            if (star
                    || outside
                    || hidden.contains(select.items().get(ordinal - 1).column())) {
                return Optional.of("ORDER BY " + ordinal + " may order by a labelled column.");
            }
        }
        return Optional.empty();
    }

    private Optional<String> elsewhere() {
        List<Token> tokens = select.elsewhere();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean qualifies = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol(".");
            boolean qualified = i > 0 && tokens.get(i - 1).isSymbol(".");
            Optional<String> objection = qualified && token.text().equals("*")
                    ? Optional.of("a whole row is used outside the select list.")
                    : token.isName() ? name(tokens, i, qualifies, qualified) : Optional.empty();
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> name(List<Token> tokens, int i, boolean qualifies, boolean qualified) {
        String name = tokens.get(i).text();
        if (hidden.contains(name)) {
            return Optional.of("column " + name + " is labelled and used outside the select list.");
        }
        if (sourceNames.contains(name) && !qualifies && !(qualified && isColumn(name))) {
            return Optional.of(name + " is used as a whole row, or read again, outside the select list.");
        }
        if (labelledNames.contains(name) && !qualifies) {
            // schema.table of a subquery looks like table.column, and no column's value is worth that doubt.
            return Optional.of(name + " has labelled columns and is named outside FROM.");
        }
        boolean ofSource = qualified && sourceNames.contains(tokens.get(i - 2).text());
        if (ofSource && !qualifies && !isColumnOf(tokens.get(i - 2).text(), name)) {
            return Optional.of(tokens.get(i - 2).text() + "." + name + " is no column.");
        }
        return Optional.empty();
    }

    private boolean isColumnOf(String source, String column) {
        for (int i = 0; i < sources.size(); i++) {
            PlainSelect.Source named = select.sources().get(i);
            boolean meant = named.alias().equals(source) || named.table().name().equals(source);
            Optional<Relation> relation = sources.get(i).relation();
            if (meant
                    && !SYSTEM_COLUMNS.contains(column)
                    && !relation.filter(r -> r.hasColumn(column)).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
