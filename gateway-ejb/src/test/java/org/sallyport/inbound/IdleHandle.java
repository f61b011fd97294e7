package org.sallyport.inbound;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionHandle;

/** Of a session without a client or a server; tests override what they look at. */
class IdleHandle implements SessionHandle {
    @Override
    public void end(Refusal reason) {
        // Nobody is there.
    }

    @Override
    public void notice(Notice notice) {
        // Nobody is there.
    }

    @Override
    public CompletionStage<String> show(String setting) {
        return CompletableFuture.failedStage(new IllegalStateException("there is no server"));
    }

    @Override
    public CompletionStage<List<List<@Nullable String>>> ask(List<String> commands) {
        return CompletableFuture.failedStage(new IllegalStateException("there is no server"));
    }
}
