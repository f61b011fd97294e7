package org.sallyport.sql;

import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Whether a WHERE chooses among rows, as far as its text shows. */
final class EffectiveWhere {

    /** A name is a placeholder in quotes; it is no column's before a parenthesis or a point, nor behind a cast. */
    private static final Pattern COLUMN = Pattern.compile("(?<!::)(?<! AS )\"q\\d+\"(?!\\s*[.(])");

    private EffectiveWhere() {}

    static boolean isEffective(@Nullable Expression where) {
        if (where == null) {
            return false;
        }
        if (where instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return isEffective(list.get(0));
        }
        if (where instanceof NotExpression not) {
            return isEffective(not.getExpression());
        }
        if (where instanceof OrExpression or) {
            return isEffective(or.getLeftExpression()) && isEffective(or.getRightExpression());
        }
        if (where instanceof AndExpression and) {
            return isEffective(and.getLeftExpression()) || isEffective(and.getRightExpression());
        }
        // A text does not tell whether the column can be null.
        if (comparesItself(where) || where instanceof IsNullExpression) {
            return false;
        }
        // A condition without any column is the same for every row.
        return COLUMN.matcher(where.toString()).find();
    }

    private static boolean comparesItself(Expression where) {
        if (where instanceof ComparisonOperator || where instanceof IsDistinctExpression) {
            BinaryExpression comparison = (BinaryExpression) where;
            return same(comparison.getLeftExpression(), comparison.getRightExpression());
        }
        if (where instanceof Between between) {
            return same(between.getLeftExpression(), between.getBetweenExpressionStart())
                    && same(between.getLeftExpression(), between.getBetweenExpressionEnd());
        }
        return where instanceof InExpression in
                && in.getRightExpression() instanceof ExpressionList<?> list
                && list.stream().anyMatch(element -> same(in.getLeftExpression(), element));
    }

    /** A column is the same with and without its table's name: two of one name would be ambiguous. */
    private static boolean same(Expression one, Expression other) {
        Expression left = bare(one);
        Expression right = bare(other);
        if (left instanceof Column a && right instanceof Column b && (isUnqualified(a) || isUnqualified(b))) {
            return a.getColumnName().equals(b.getColumnName());
        }
        return left.toString().equals(right.toString());
    }

    private static boolean isUnqualified(Column column) {
        return column.getTable() == null || column.getTable().getName() == null;
    }

    private static Expression bare(Expression expression) {
        return expression instanceof ParenthesedExpressionList<?> list && list.size() == 1
                ? bare(list.get(0))
                : expression;
    }
}
