package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.RefusalException;
import org.sallyport.contract.SessionId;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.ParameterStatus;

/** What the client is told: refusals and failures as ErrorResponse, and the server's errors without values. */
final class Errors {
    static final Refusal CANCELED = Refusal.of("57014", "canceling statement due to user request");

    private static final Logger LOG = Logger.getLogger(Errors.class.getName());

    private static final Refusal UNDECIDED = Refusal.of(
            "58000",
            "the gateway could not decide",
            "An internal error; nothing of this was sent to the database.",
            "Try again; the operator finds the cause in the gateway's log.");

    private Errors() {}

    /** The one place where a question's failure becomes a refusal. */
    static Refusal refusal(SessionId session, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CancellationException) {
            return CANCELED;
        }
        if (cause instanceof RefusalException known) {
            // Not its stack: that would say as it stands what a server has said at login.
            LOG.log(Level.WARNING, "question refused sessionId={0} reason={1} cause={2}", new Object[] {
                session, known.refusal().message(), known.getCause() == null ? "none" : Logged.of(known.getCause())
            });
            return known.refusal();
        }
        LOG.log(Level.SEVERE, "question failed sessionId=" + session, cause);
        return UNDECIDED;
    }

    /** The server reads statements by another value of a setting than the gateway does. */
    static Refusal notPinned(ParameterStatus status) {
        return Refusal.of(
                "42501",
                "permission denied to change \"" + status.name() + "\"",
                "Rule \"pinned settings\": statements could be read differently by the gateway and the server.",
                "Leave this setting as it is.");
    }

    static ByteBuf error(ByteBufAllocator allocator, Refusal refusal) {
        return response(allocator, "ERROR", refusal);
    }

    static ByteBuf fatal(ByteBufAllocator allocator, Refusal refusal) {
        return response(allocator, "FATAL", refusal);
    }

    private static ByteBuf response(ByteBufAllocator allocator, String severity, Refusal refusal) {
        Map<Character, String> fields = fields(severity, refusal.sqlState(), refusal.message());
        refusal.detail().ifPresent(detail -> fields.put('D', detail));
        refusal.hint().ifPresent(hint -> fields.put('H', hint));
        return Backend.errorResponse(allocator, fields);
    }

    static ByteBuf notice(ByteBufAllocator allocator, Notice notice) {
        Map<Character, String> fields =
                fields(notice.severity().name(), notice.severity().sqlState(), notice.message());
        notice.detail().ifPresent(detail -> fields.put('D', detail));
        notice.hint().ifPresent(hint -> fields.put('H', hint));
        return Backend.noticeResponse(allocator, fields);
    }

    /** The server's error or notice with nothing in it that could carry a value. */
    static Map<Character, String> redacted(ErrorFields original) {
        return fields(
                original.severity(),
                original.sqlState(),
                "the statement touches masked columns: the server's message is withheld");
    }

    private static Map<Character, String> fields(String severity, String sqlState, String message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put('S', severity);
        fields.put('V', severity);
        fields.put('C', sqlState);
        fields.put('M', message);
        return fields;
    }
}
