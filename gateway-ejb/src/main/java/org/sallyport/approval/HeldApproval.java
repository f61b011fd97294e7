package org.sallyport.approval;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * A statement that waits.
 *
 * @param id       the approval's id, good for {@link ApprovalDesk#withdraw} from the start
 * @param stored   completes once the approval is durable and people can find it: the moment to tell the client its id
 * @param decision what was decided; completes exceptionally where the store failed, which is a refusal
 */
public record HeldApproval(UUID id, CompletionStage<Void> stored, CompletionStage<Decision> decision) {}
