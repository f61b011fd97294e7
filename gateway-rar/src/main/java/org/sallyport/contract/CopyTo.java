package org.sallyport.contract;

/**
 * A COPY TO STDOUT whose data has to be masked.
 *
 * @param query  what it copies the result of, as SQL; the server is asked to describe that, in the same transaction, before it copies
 * @param format of the data
 */
public record CopyTo(String query, CopyFormat format) {}
