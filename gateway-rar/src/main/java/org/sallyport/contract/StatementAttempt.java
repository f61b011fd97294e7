package org.sallyport.contract;

import java.util.List;

/**
 * A statement that a client wants to run, or to prepare.
 *
 * @param id          numbers the session's attempts from 1, without gaps
 * @param phase       what the client asks for
 * @param sql         the text as sent, decoded by the session's client encoding; with {@link Phase#QUERY} possibly several
 *                    statements, with {@link Phase#FUNCTION_CALL} the function's OID in decimal digits
 * @param parameters  the bound values, or the function's arguments; with {@link Phase#PARSE} the types that the client gave, their values
 *                    null; empty with {@link Phase#QUERY}
 * @param transaction the transaction status that the server last reported; IN_TRANSACTION also while another statement runs, or behind one that
 *                    no Sync followed
 * @param bound       with {@link Phase#EXECUTE} the newest attempt when its portal was bound: names in it mean what they meant then.
 *                    Else this one
 * @param prepared    with {@link Phase#EXECUTE} the attempt to prepare its statement: the server may still have the plan that it made then,
 *                    also where something has been made since that hides what a name in it stands for. Else this one
 */
public record StatementAttempt(
        long id,
        Phase phase,
        String sql,
        List<Parameter> parameters,
        TransactionStatus transaction,
        long bound,
        long prepared) {

    /** One in which names mean what they mean now. */
    public StatementAttempt(
            long id, Phase phase, String sql, List<Parameter> parameters, TransactionStatus transaction) {
        this(id, phase, sql, parameters, transaction, id, id);
    }

    public StatementAttempt {
        parameters = List.copyOf(parameters);
    }

    /** The same, of what was prepared by that attempt. */
    public StatementAttempt of(long preparing) {
        return new StatementAttempt(id, phase, sql, parameters, transaction, bound, preparing);
    }

    /** What of PostgreSQL's protocol carries the statement. */
    public enum Phase {
        /** A simple Query: runs at once. */
        QUERY,
        /** A Parse: nothing runs, so it is judged but never held, and has no outcome. */
        PARSE,
        /** An Execute of a portal: runs a statement that was parsed and bound before. */
        EXECUTE,
        /** A FunctionCall: runs a function, without any SQL. */
        FUNCTION_CALL
    }
}
