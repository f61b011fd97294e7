package org.sallyport.contract;

import java.util.List;

/**
 * A result's columns, as the server's RowDescription gives them.
 *
 * @param statement the {@link StatementAttempt#id()} whose result it is
 * @param place     which of the statements of a simple Query has it, from 0; empty ones are not counted
 */
public record ResultShape(long statement, int place, List<Column> columns) {

    public ResultShape {
        columns = List.copyOf(columns);
    }

    /**
     * One column of RowDescription.
     *
     * @param tableOid  the table the column comes from, or 0
     * @param attribute its attribute number there, or 0
     * @param typeOid   its type
     * @param binary    whether its values come in binary format
     */
    public record Column(String name, int tableOid, int attribute, int typeOid, boolean binary) {}
}
