package org.sallyport.catalog;

/**
 * What the server of a database can send.
 *
 * @param utf8      whether the database is in UTF-8: of another some texts have no form there
 * @param intervals whether it sends each interval that it takes: before PostgreSQL 15 it fails for those of more than 2^31 hours
 */
public record ServerTraits(boolean utf8, boolean intervals) {
    /** It can send whatever it takes. */
    public static final ServerTraits USUAL = new ServerTraits(true, true);
}
