package org.sallyport.approval;

import java.util.UUID;

/** How the wait of a held statement ended. */
public sealed interface Decision {

    /** A person approved. The statement may run only after {@link ApprovalDesk#use} has said true for {@code approval}. */
    record Approved(UUID approval, String by, String reason) implements Decision {}

    /** A person denied. */
    record Denied(String by, String reason) implements Decision {}

    /** Nobody decided in time. */
    record Expired() implements Decision {}

    /** The client cancelled or left. */
    record Withdrawn() implements Decision {}
}
