package org.sallyport.sql;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree of JSqlParser's whole, by its objects' fields, and collects what it touches.
 *
 * <p>By fields and not by visitors, since a visitor sees only what somebody remembered to visit. A node of a class
 * outside the reviewed list ends the reading.
 */
final class TreeWalk {

    private static final int MAXIMUM_DEPTH = 400;
    private static final String PARSER = "net.sf.jsqlparser.";
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    private final CanonicalText names;
    private final Set<ObjectName> reads = new LinkedHashSet<>();
    private final Set<ObjectName> changes = new LinkedHashSet<>();
    private final Set<ObjectName> functions = new LinkedHashSet<>();
    private final Set<ObjectName> types = new LinkedHashSet<>();
    private final List<ObjectName> qualified = new ArrayList<>();
    private final Deque<Set<String>> withNames = new ArrayDeque<>();
    private final Set<String> aliases = new HashSet<>();
    private boolean unbounded;
    private int depth;

    private TreeWalk(CanonicalText names) {
        this.names = names;
    }

    static QueryFacts facts(Statement statement, CanonicalText names) {
        TreeWalk walk = new TreeWalk(names);
        walk.node(statement);
        return new QueryFacts(
                walk.reads, walk.changes, walk.functions, walk.types, walk.qualified, walk.aliases, walk.unbounded);
    }

    private void node(Object node) {
        if (++depth > MAXIMUM_DEPTH) {
            throw new UnreadableSql("nested too deeply");
        }
        if (node instanceof Optional<?> optional) {
            optional.ifPresent(this::node);
        } else if (node instanceof Map<?, ?> map) {
            elements(map.entrySet());
        } else if (node instanceof Map.Entry<?, ?> entry) {
            elements(Arrays.asList(entry.getKey(), entry.getValue()));
        } else if (node.getClass().isArray()) {
            array(node);
        } else if (node.getClass().getName().startsWith(PARSER)) {
            parserNode(node);
        } else if (node instanceof Collection<?> list) {
            elements(list);
        } else if (!isPlain(node)) {
            throw new UnreadableSql("node of class " + node.getClass().getSimpleName());
        }
        depth--;
    }

    private static boolean isPlain(Object node) {
        return node instanceof CharSequence
                || node instanceof Number
                || node instanceof Boolean
                || node instanceof Character
                || node instanceof Enum<?>;
    }

    private void array(Object array) {
        if (!array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(array); i++) {
                Optional.ofNullable(Array.get(array, i)).ifPresent(this::node);
            }
        }
    }

    private void elements(Collection<?> list) {
        for (Object element : list) {
            if (element != null) {
                node(element);
            }
        }
    }

    private void parserNode(Object node) {
        if (!ReadableNodes.contains(node.getClass())) {
            throw new UnreadableSql("construct " + node.getClass().getSimpleName());
        }
        List<WithItem<?>> with = withItems(node);
        if (with.isEmpty()) {
            named(node, with);
            return;
        }
        Set<String> scope = new HashSet<>();
        withNames.push(scope);
        boolean recursive = with.stream().anyMatch(WithItem::isRecursive);
        if (recursive) {
            with.forEach(item -> scope.add(names.original(item.getAlias().getName())));
        }
        for (WithItem<?> item : with) {
            node(item);
            scope.add(names.original(item.getAlias().getName()));
        }
        named(node, with);
        withNames.pop();
    }

    private static List<WithItem<?>> withItems(Object node) {
        List<WithItem<?>> items = null;
        if (node instanceof Select select) {
            items = select.getWithItemsList();
        } else if (node instanceof Insert insert) {
            items = insert.getWithItemsList();
        } else if (node instanceof Update update) {
            items = update.getWithItemsList();
        } else if (node instanceof Delete delete) {
            items = delete.getWithItemsList();
        } else if (node instanceof Merge merge) {
            items = merge.getWithItemsList();
        }
        return items == null ? List.of() : items;
    }

    /** Takes the names that the node itself holds, then walks its fields but {@code walked}. */
    private void named(Object node, Object walked) {
        if (node instanceof Table table) {
            table(table);
        } else if (node instanceof Column column) {
            column(column);
            return;
        } else if (node instanceof AllTableColumns) {
            // The table in it is an alias of this query's, not one more table.
            return;
        } else if (node instanceof Function function && !(node instanceof TableFunction)) {
            functions.add(objectName(function.getMultipartName()));
        } else if (node instanceof AnalyticExpression window) {
            functions.add(objectName(List.of(window.getName().split("\\.", -1))));
        } else if (node instanceof ColDataType type) {
            types.add(typeName(type.getDataType()));
        } else if (node instanceof Alias alias) {
            aliases.add(names.original(alias.getName()));
        } else if (node instanceof PlainSelect select && select.getIntoTables() != null) {
            throw new UnreadableSql("SELECT INTO");
        } else if (node instanceof CastExpression cast && cast.getColDataType() == null) {
            throw new UnreadableSql("cast to a row type");
        }
        Object target = target(node);
        for (Field field : FIELDS.get(node.getClass())) {
            Object value = valueOf(field, node);
            if (value != null && value != walked && value != target) {
                node(value);
            }
        }
        if (node instanceof Collection<?> list) {
            elements(list);
        }
    }

    /** The table that a DML statement changes, already counted. Those in parentheses only hold one that counts. */
    private @Nullable Object target(Object node) {
        if (node.getClass() == Insert.class && node instanceof Insert insert) {
            return changed(insert.getTable(), false);
        }
        if (node.getClass() == Update.class && node instanceof Update update) {
            unbounded |= !EffectiveWhere.isEffective(update.getWhere());
            return changed(update.getTable(), true);
        }
        if (node.getClass() == Delete.class && node instanceof Delete delete) {
            unbounded |= !EffectiveWhere.isEffective(delete.getWhere());
            return changed(delete.getTable(), true);
        }
        if (node instanceof Merge merge) {
            unbounded |= !EffectiveWhere.isEffective(merge.getOnCondition());
            return changed(merge.getTable(), true);
        }
        return null;
    }

    private Table changed(Table table, boolean reads) {
        if (table == null) {
            throw new UnreadableSql("change of no single table");
        }
        // A WITH query cannot be changed, so the name is a relation's whatever is in scope.
        ObjectName name = relationName(table);
        changes.add(name);
        if (reads) {
            this.reads.add(name);
        }
        return table;
    }

    private void table(Table table) {
        ObjectName name = relationName(table);
        boolean inScope = name.schema().isEmpty() && withNames.stream().anyMatch(scope -> scope.contains(name.name()));
        if (!inScope) {
            reads.add(name);
        }
    }

    private ObjectName relationName(Table table) {
        List<String> parts = new ArrayList<>(table.getNameParts());
        java.util.Collections.reverse(parts);
        return objectName(parts);
    }

    private void column(Column column) {
        if (column.getArrayConstructor() != null) {
            node(column.getArrayConstructor());
        }
        String name = names.original(column.getColumnName());
        Table qualifier = column.getTable();
        if (qualifier != null && qualifier.getName() != null) {
            qualifier.getNameParts().forEach(names::original);
            qualified.add(ObjectName.of(names.original(qualifier.getName()), name));
        }
    }

    /** {@code numeric (10, 2)}, {@code double precision} and {@code schema.type} alike. */
    private ObjectName typeName(String dataType) {
        int arguments = dataType.indexOf('(');
        String name = (arguments < 0 ? dataType : dataType.substring(0, arguments)).strip();
        if (name.indexOf(' ') < 0) {
            return objectName(List.of(name.split("\\.", -1)));
        }
        List<String> words = Arrays.stream(name.split(" ")).map(names::original).toList();
        return ObjectName.of(String.join(" ", words));
    }

    private ObjectName objectName(List<String> parts) {
        List<String> originals = parts.stream().map(names::original).toList();
        return switch (originals.size()) {
            case 1 -> ObjectName.of(originals.get(0));
            case 2 -> ObjectName.of(originals.get(0), originals.get(1));
            default -> throw new UnreadableSql("name of " + originals.size() + " parts");
        };
    }

    private static @Nullable Object valueOf(Field field, Object node) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new LinkageError("field " + field + " was made accessible", e);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && c.getName().startsWith(PARSER); c = c.getSuperclass()) {
            // The parser's own bookkeeping of tokens holds nothing that the tree does not.
            if (c.getName().startsWith(PARSER + "parser.")) {
                continue;
            }
            for (Field field : c.getDeclaredFields()) {
                boolean bookkeeping = field.getType().getName().startsWith(PARSER + "parser.");
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && !bookkeeping) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }
}
