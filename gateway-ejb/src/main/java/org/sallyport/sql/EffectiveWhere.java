package org.sallyport.sql;

import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/** Whether a WHERE chooses among rows, as far as its text shows. */
final class EffectiveWhere {

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
        if (where instanceof ComparisonOperator comparison && comparesItself(comparison)) {
            return false;
        }
        // A condition without any column is the same for every row. Every column's name is a placeholder in quotes.
        return where.toString().indexOf('"') >= 0;
    }

    private static boolean comparesItself(BinaryExpression comparison) {
        return comparison
                .getLeftExpression()
                .toString()
                .equals(comparison.getRightExpression().toString());
    }
}
