package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sallyport.wire.ParameterStatus;

/**
 * Whether a new session is read-write as libpq's {@code target_session_attrs} means it: not on a standby, and not read-only by
 * default. PostgreSQL 14 is the first to report the two; older ones are asked.
 */
final class WriteCheck {
    static final String QUESTION = "SHOW transaction_read_only";

    private final Map<String, String> reported = new HashMap<>();
    private @Nullable String answer;

    void reported(ParameterStatus status) {
        reported.put(status.name(), status.value());
    }

    /** The row that answers {@link #QUESTION}: {@code Int16 1 | Int32 length | bytes}. */
    void row(ByteBuf payload) {
        payload.skipBytes(2);
        answer = payload.readCharSequence(payload.readInt(), StandardCharsets.UTF_8)
                .toString();
    }

    boolean isDecided() {
        return answer != null
                || (reported.containsKey("in_hot_standby") && reported.containsKey("default_transaction_read_only"));
    }

    boolean readOnly() {
        return "on".equals(answer)
                || "on".equals(reported.get("in_hot_standby"))
                || "on".equals(reported.get("default_transaction_read_only"));
    }
}
