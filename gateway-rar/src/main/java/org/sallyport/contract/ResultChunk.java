package org.sallyport.contract;

/**
 * A part of what the client has seen of a statement's results, or has sent as COPY data, and how much there was so far.
 *
 * @param statement the {@link StatementAttempt#id()}
 * @param number    the statement's chunks are numbered from 1
 * @param rows      sent to the client so far, or taken from it by COPY; not all of them need be in a chunk
 * @param bytes     of those rows' messages
 * @param messages  the messages themselves, as PostgreSQL's protocol has them: RowDescription, DataRow, CopyOutResponse, CopyInResponse,
 *                  CopyData, FunctionCallResponse and the CommandComplete behind them. A chunk may begin and end anywhere in a message;
 *                  empty where only counts are told; the receiver's from now on
 */
public record ResultChunk(long statement, int number, long rows, long bytes, byte[] messages) {}
