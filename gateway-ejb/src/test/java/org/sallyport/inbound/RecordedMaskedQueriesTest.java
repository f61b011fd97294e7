package org.sallyport.inbound;

import java.io.IOException;
import java.sql.SQLException;
import org.sallyport.catalog.Catalog;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.RecordedDatabase;

/** By what a server said once, so that mutants meet all of it without one. */
class RecordedMaskedQueriesTest extends MaskedQueries {
    static final String RECORDED = "masked-queries.jsonl.gz";

    private RecordedDatabase recorded = RecordedDatabase.empty();

    @Override
    Catalog snapshot() throws SQLException, IOException {
        recorded = RecordedDatabase.read(RECORDED);
        return recorded.catalog();
    }

    @Override
    Meaning meaning(String query) throws SQLException {
        return recorded.meaning(query);
    }
}
