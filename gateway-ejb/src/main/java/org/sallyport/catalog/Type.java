package org.sallyport.catalog;

/**
 * A type, as {@code pg_type} has it.
 *
 * @param element of an array; zero where it is none
 */
public record Type(int oid, String schema, String name, int element) {}
