package org.sallyport.contract;

import java.util.List;
import java.util.Optional;

/** What was decided about a statement. */
public sealed interface Verdict {

    /**
     * It may run; its intent is durable, or will be before anything of its results leaves.
     *
     * @param takesCopyData whether it holds a COPY FROM STDIN; where the server asks for COPY data unforeseen, the session ends
     * @param copy          the COPY TO STDOUT that it is, where it is {@link Visibility#SHAPED}; where the server sends COPY data unforeseen,
     *                      the session ends
     * @param displaced     names that may stand for something else once it was sent; what is executed by them is asked about as by SQL
     * @param recorded      bytes of its results, as the client sees them, and of its COPY data that go on record; zero for none
     * @param screened      what is hidden in the server's errors and notices from now on
     * @param intent        what nothing behind it may reach the client before; absent where it is durable. Of what writes it always is
     */
    record Permit(
            Visibility visibility,
            boolean takesCopyData,
            Optional<CopyTo> copy,
            Displaced displaced,
            long recorded,
            List<Detector> screened,
            Optional<Intent> intent)
            implements Verdict {
        public Permit {
            screened = List.copyOf(screened);
        }

        /** One whose intent is durable, and after which errors and notices are shown as they were before. */
        public Permit(
                Visibility visibility,
                boolean takesCopyData,
                Optional<CopyTo> copy,
                Displaced displaced,
                long recorded) {
            this(visibility, takesCopyData, copy, displaced, recorded, List.of(), Optional.empty());
        }

        /** Of what is no COPY TO STDOUT, or one that shows everything; its results are not recorded. */
        public Permit(Visibility visibility, boolean takesCopyData) {
            this(visibility, takesCopyData, Optional.empty(), Displaced.NONE, 0);
        }

        /** The same, with an intent that is on its way. */
        public Permit with(Intent its) {
            return new Permit(visibility, takesCopyData, copy, displaced, recorded, screened, Optional.of(its));
        }
    }

    /** It may not; nothing of it reaches the server. */
    record Deny(Refusal refusal) implements Verdict {}
}
