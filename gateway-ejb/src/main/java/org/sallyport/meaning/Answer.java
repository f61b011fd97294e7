package org.sallyport.meaning;

import java.util.Optional;

/**
 * What came of a question.
 *
 * @param meaning absent where the server refuses the statement, or could not be asked about it
 * @param lasting whether the same question would get the same answer, until the catalog changes
 */
public record Answer(Optional<Meaning> meaning, boolean lasting) {
    static Answer told(Meaning meaning) {
        return new Answer(Optional.of(meaning), true);
    }

    static Answer untold(boolean lasting) {
        return new Answer(Optional.empty(), lasting);
    }
}
