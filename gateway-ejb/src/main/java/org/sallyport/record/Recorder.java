package org.sallyport.record;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.contract.Intent;
import org.sallyport.journal.Journal;

/**
 * Makes durable what is about to happen and what has happened. Its methods may be called on any thread and do not block; their
 * stages complete on any thread.
 */
public final class Recorder {
    private final Journal journal;

    public Recorder(Journal journal) {
        this.journal = journal;
    }

    /** Records that a session begins. Where the stage fails it must not. */
    public CompletionStage<Void> begin(SessionRecord session) {
        return journal.append(RecordFormat.encode(session), false);
    }

    /** Records a statement that is about to run. Where the stage fails it must not run. */
    public CompletionStage<Void> intent(StatementRecord statement) {
        return journal.append(RecordFormat.encode(statement), false);
    }

    /**
     * Records a statement that is about to run and writes nothing. Its results must not leave before the intent is durable.
     *
     * @return none where there is no room for it at present
     */
    public Optional<Intent> readingIntent(StatementRecord statement) {
        return journal.appendUnhurried(RecordFormat.encode(statement)).map(PendingIntent::new);
    }

    private record PendingIntent(Journal.Unhurried record) implements Intent {
        @Override
        public CompletionStage<Void> durable() {
            return record.durable();
        }

        @Override
        public void hurry() {
            record.hurry().run();
        }
    }

    /** Records a statement that is refused, and stays refused where the stage fails. */
    public CompletionStage<Void> refusal(StatementRecord statement) {
        return journal.append(RecordFormat.encode(statement), false);
    }

    /** Records what a client has seen so far. */
    public CompletionStage<Void> result(ResultChunkRecord chunk) {
        return journal.append(RecordFormat.encode(chunk), true);
    }

    /** Records what has happened, and cannot be undone by refusing it. Where the stage fails the outcome stays unknown. */
    public CompletionStage<Void> outcome(OutcomeRecord outcome) {
        return journal.append(RecordFormat.encode(outcome), true);
    }

    /** Records that a session has ended. */
    public CompletionStage<Void> end(SessionEndRecord end) {
        return journal.append(RecordFormat.encode(end), true);
    }

    /** Records that content is going to be removed. Where the stage fails it must not. */
    public CompletionStage<Void> purge(PurgeRecord purge) {
        return journal.append(RecordFormat.encode(purge), false);
    }

    /** Records a hold or its release. Where the stage fails there is none. */
    public CompletionStage<Void> hold(HoldRecord hold) {
        return journal.append(RecordFormat.encode(hold), false);
    }

    /** Records a grant or its end. Where the stage fails there is none. */
    public CompletionStage<Void> grant(GrantRecord grant) {
        return journal.append(RecordFormat.encode(grant), false);
    }

    /** Records what has been recorded by then. */
    public CompletionStage<Void> checkpoint(Checkpoint checkpoint) {
        return journal.append(RecordFormat.encode(checkpoint), true);
    }
}
