package org.sallyport.record;

/**
 * A row of the record with its place in the journal, so that whoever has it can check it.
 *
 * @param row a {@link SessionRecord}, {@link StatementRecord}, {@link OutcomeRecord}, {@link ResultChunkRecord} or {@link SessionEndRecord}
 */
public record Exported(Place place, Object row) {

    static Exported of(Object row) {
        Place place = row instanceof SessionRecord session
                ? session.place()
                : row instanceof StatementRecord statement
                        ? statement.place()
                        : row instanceof OutcomeRecord outcome
                                ? outcome.place()
                                : row instanceof ResultChunkRecord chunk
                                        ? chunk.place()
                                        : row instanceof SessionEndRecord end ? end.place() : null;
        if (place == null) {
            throw new IllegalArgumentException("not a row of the store");
        }
        return new Exported(place, row);
    }
}
