package org.sallyport.noninterference;

import java.util.List;
import org.sallyport.noninterference.Scope.Reference;
import org.sallyport.noninterference.Tree.Sort;

/** Expressions of every type. */
final class Values {
    private final Dice dice;
    private final Queries queries;

    Values(Dice dice, Queries queries) {
        this.dice = dice;
        this.queries = queries;
    }

    /** What is known where a value is made. */
    record Place(Scope scope, Use use, int depth) {
        Place deeper() {
            return new Place(scope, use, depth - 1);
        }

        Place as(Use other) {
            return new Place(scope, other, depth);
        }

        /** Whether what may fail, or tells by being NULL, would be another use. */
        boolean isMild() {
            return use == Use.SHOWN || use == Use.DERIVED;
        }
    }

    Tree value(Type type, Place place) {
        if (place.depth() <= 0 || dice.chance(0.45)) {
            return leaf(type, place);
        }
        Place inner = place.deeper();
        if (!place.isMild() && dice.chance(0.12)) {
            return any(type, inner);
        }
        return switch (type) {
            case TEXT -> text(inner);
            case INT -> integer(inner);
            case NUMERIC -> numeric(inner);
            case DATE -> date(inner);
            case BOOL -> condition(inner);
            case JSONB -> json(inner);
        };
    }

    /** A column where there is one, or a constant. */
    Tree leaf(Type type, Place place) {
        List<Reference> columns = place.scope().columns(type).stream()
                .filter(reference -> !reference.column().labelled() || dice.makes(place.use()))
                .toList();
        List<Reference> labelled = columns.stream()
                .filter(reference -> reference.column().labelled())
                .toList();
        if (!labelled.isEmpty() && dice.chance(0.5, 0.7)) {
            return reference(dice.pick(labelled), place.use());
        }
        return columns.isEmpty() || dice.chance(0.15) ? constant(type) : reference(dice.pick(columns), place.use());
    }

    Tree reference(Reference reference, Use use) {
        String alias = reference.source().alias();
        String name = reference.column().name();
        boolean odd = dice.chance(0.04);
        String sql = !odd ? alias + "." + name : dice.pick("(" + alias + ")." + name, alias + "." + name);
        if (odd && reference.source().isTable() && dice.chance(0.3)) {
            sql = name + "(" + alias + ")";
        }
        Tree leaf = Tree.of(new Sort.Value(reference.column().type()), sql);
        return reference.column().labelled()
                ? leaf.using(use).using(reference.column().uses())
                : leaf;
    }

    Tree constant(Type type) {
        String sql = switch (type) {
            case TEXT ->
                dice.pick(
                        "'name 3'::text",
                        "'x'::text",
                        "'100-01-1002'::text",
                        "'DE00000103'::text",
                        "'7'::text",
                        "NULL::text");
            case INT -> String.valueOf(dice.between(0, 9));
            case NUMERIC -> dice.pick("0.0", "2", "5000.5", "NULL::numeric");
            case DATE -> dice.pick("date '1980-01-01'", "date '2026-01-10'", "NULL::date");
            case BOOL -> dice.pick("true", "false", "NULL::boolean");
            case JSONB -> dice.pick("jsonb '{\"a\": 1}'", "jsonb '[1, 2]'");
        };
        return Tree.of(new Sort.Value(type), sql);
    }

    private Tree of(Type type, Object... parts) {
        return Tree.of(new Sort.Value(type), parts);
    }

    /** Forms that every type has. */
    private Tree any(Type type, Place p) {
        return dice.oneOf(
                () -> of(type, "CASE WHEN", condition(p), "THEN", value(type, p), "ELSE", value(type, p), "END"),
                () -> of(type, "CASE", value(Type.INT, p), "WHEN 1 THEN", value(type, p), "END"),
                () -> of(type, "CASE WHEN", condition(p), "THEN", failing(type, p), "ELSE", value(type, p), "END"),
                () -> of(type, "coalesce(", value(type, p), ",", value(type, p), ")"),
                () -> of(type, "nullif(", value(type, p), ",", value(type, p), ")"),
                () -> of(type, "(ARRAY[", value(type, p), ",", value(type, p), "])[1]"),
                () -> of(type, "(", queries.scalar(type, p), ")"));
    }

    /** What fails wherever it is computed, unless nobody is hostile. */
    private Tree failing(Type type, Place p) {
        if (!dice.makes(Use.RISKED)) {
            return constant(type);
        }
        Tree zero = leaf(Type.INT, p);
        return of(type, "CASE WHEN 1 / (", zero, "-", zero, ") = 1 THEN", constant(type), "END");
    }

    private Tree text(Place p) {
        if (!p.isMild() && dice.chance(0.04, 0.5)) {
            return dice.oneOf(
                    () -> of(Type.TEXT, "substr(", value(Type.TEXT, p), ",", value(Type.INT, p), ")"),
                    () -> of(Type.TEXT, "left(", value(Type.TEXT, p), ",", value(Type.INT, p), ")"),
                    () -> of(Type.TEXT, "split_part(", value(Type.TEXT, p), ", '-', 1)"),
                    () -> of(Type.TEXT, "(", value(Type.JSONB, p), "->> 'a')"),
                    () -> of(Type.TEXT, value(Type.INT, p), "::text"),
                    () -> of(Type.TEXT, value(Type.DATE, p), "::text"),
                    () -> of(Type.TEXT, "encode(", value(Type.TEXT, p), "::bytea, 'hex')"),
                    () -> row(p));
        }
        return dice.oneOf(
                () -> of(Type.TEXT, "(", value(Type.TEXT, p), "||", value(Type.TEXT, p), ")"),
                () -> of(Type.TEXT, "upper(", value(Type.TEXT, p), ")"),
                () -> of(Type.TEXT, "lower(", value(Type.TEXT, p), ")"),
                () -> of(Type.TEXT, "reverse(", value(Type.TEXT, p), ")"),
                () -> of(Type.TEXT, "md5(", value(Type.TEXT, p), ")"));
    }

    /** A whole row as a text. */
    private Tree row(Place p) {
        List<Scope.Source> tables = p.scope().sources().stream()
                .filter(Scope.Source::isTable)
                .filter(source -> !source.isLabelled() || dice.makes(Use.ROW))
                .toList();
        if (tables.isEmpty()) {
            return leaf(Type.TEXT, p);
        }
        Scope.Source table = dice.pick(tables);
        String sql = dice.pick("%s::text", "row_to_json(%s)::text", "to_jsonb(%s)::text", "(%s.*)::text");
        Tree row = of(Type.TEXT, sql.formatted(table.alias()));
        boolean elsewhere = p.use() != Use.RISKED;
        return !table.isLabelled() ? row : elsewhere ? row.using(Use.ROW).using(p.use()) : row.using(Use.ROW);
    }

    private Tree integer(Place p) {
        if (!p.isMild() && dice.chance(0.04, 0.5)) {
            return dice.oneOf(
                    () -> of(Type.INT, "(1 /", value(Type.INT, p), ")"),
                    () -> of(Type.INT, value(Type.TEXT, p), "::int"),
                    () -> of(Type.INT, "extract(year FROM", value(Type.DATE, p), ")::int"),
                    () -> of(Type.INT, "(", value(Type.INT, p), "% 3)"),
                    () -> of(Type.INT, "width_bucket(", value(Type.NUMERIC, p), ", 0, 10000, 5)"),
                    () -> of(Type.INT, "(", value(Type.INT, p), "*", value(Type.INT, p), ")"));
        }
        return dice.oneOf(
                () -> of(Type.INT, "length(", value(Type.TEXT, p), ")"),
                () -> p.isMild() ? leaf(Type.INT, p) : of(Type.INT, "(", value(Type.INT, p), "+ 1)"),
                () -> leaf(Type.INT, p));
    }

    private Tree numeric(Place p) {
        if (!p.isMild() && dice.chance(0.04, 0.5)) {
            return dice.oneOf(
                    () -> of(Type.NUMERIC, "(1 /", value(Type.NUMERIC, p), ")"),
                    () -> of(Type.NUMERIC, "round(", value(Type.NUMERIC, p), ")"),
                    () -> of(Type.NUMERIC, "sqrt(", value(Type.NUMERIC, p), ")"),
                    () -> of(Type.NUMERIC, "(", value(Type.NUMERIC, p), "+", value(Type.NUMERIC, p), ")"),
                    () -> of(Type.NUMERIC, value(Type.INT, p), "::numeric"));
        }
        return leaf(Type.NUMERIC, p);
    }

    private Tree date(Place p) {
        if (!p.isMild() && dice.chance(0.04, 0.5)) {
            return dice.oneOf(
                    () -> of(Type.DATE, "(", value(Type.DATE, p), "+", value(Type.INT, p), ")"),
                    () -> of(Type.DATE, "greatest(", value(Type.DATE, p), ",", value(Type.DATE, p), ")"),
                    () -> of(Type.DATE, value(Type.TEXT, p), "::date"));
        }
        return leaf(Type.DATE, p);
    }

    private Tree json(Place p) {
        if (p.isMild()) {
            return leaf(Type.JSONB, p);
        }
        return dice.oneOf(
                () -> of(Type.JSONB, "jsonb_build_object('k',", value(Type.TEXT, p), ")"),
                () -> of(Type.JSONB, "to_jsonb(", value(Type.TEXT, p), ")"),
                () -> of(Type.JSONB, "jsonb_build_array(", value(Type.INT, p), ",", value(Type.DATE, p), ")"),
                () -> leaf(Type.JSONB, p));
    }

    Tree condition(Place p) {
        Type type = dice.pick(Type.TEXT, Type.INT, Type.NUMERIC, Type.DATE);
        if (p.depth() > 0 && dice.chance(0.25)) {
            return dice.oneOf(
                    () -> of(Type.BOOL, "(", condition(p.deeper()), "AND", condition(p.deeper()), ")"),
                    () -> of(Type.BOOL, "(", condition(p.deeper()), "OR", condition(p.deeper()), ")"),
                    () -> of(Type.BOOL, "NOT (", condition(p.deeper()), ")"),
                    () -> of(Type.BOOL, "EXISTS (", queries.any(p), ")"),
                    () -> of(Type.BOOL, "(", value(type, p), ") IN (", queries.scalars(type, p), ")"),
                    () -> of(Type.BOOL, "(", value(type, p), ") = ANY (", queries.scalars(type, p), ")"));
        }
        return dice.oneOf(
                () -> of(
                        Type.BOOL,
                        "(",
                        value(type, p),
                        dice.pick("=", "<", ">=", "<>", "IS DISTINCT FROM"),
                        value(type, p),
                        ")"),
                () -> of(Type.BOOL, "(", value(Type.TEXT, p), "LIKE '%1%')"),
                () -> of(Type.BOOL, "(", value(type, p), "BETWEEN", constant(type), "AND", constant(type), ")"),
                () -> of(Type.BOOL, "((", value(type, p), ") IS NOT NULL)"),
                () -> of(Type.BOOL, "(", value(type, p), "IN (", constant(type), ",", constant(type), "))"));
    }
}
