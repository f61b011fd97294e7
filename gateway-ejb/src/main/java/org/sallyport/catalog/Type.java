package org.sallyport.catalog;

/**
 * A type, as {@code pg_type} has it.
 *
 * @param element     of an array; zero where it is none
 * @param enumeration whether it is an enum, or an array of one: text becomes one of it by the server's own code
 */
public record Type(int oid, String schema, String name, int element, boolean enumeration) {}
