package org.sallyport.contract;

import java.util.concurrent.CompletionStage;

/** The record of a statement that is about to run, on its way to being durable. Thread-safe; its methods do not block. */
public interface Intent {

    /** Completes when it is durable, on any thread; exceptionally where it may not be. */
    CompletionStage<Void> durable();

    /** Somebody waits for it now: until then it may wait for what else is recorded, for a second at most. */
    void hurry();
}
