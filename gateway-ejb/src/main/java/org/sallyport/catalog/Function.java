package org.sallyport.catalog;

/** A function, procedure or aggregate, as {@code pg_proc} has it. */
public record Function(int oid, String schema, String name) {}
