package org.sallyport.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a person decides so: the body of a decision.
 *
 * @param reason not blank, at most {@value #LONGEST} characters
 */
@Schema(description = "Why you decide so")
public record Reason(
        @Schema(required = true, minLength = 1, maxLength = Reason.LONGEST)
        String reason) {
    public static final int LONGEST = 2000;

    public Reason {
        reason = reason.strip();
        if (!isOne(reason)) {
            throw new Refused(ProblemKind.INVALID, "A reason has 1 to " + LONGEST + " characters.");
        }
    }

    /** Whether a text may be kept as a reason: PostgreSQL takes no NUL, and half a character is none. */
    public static boolean isOne(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.codePoints().noneMatch(one -> one == 0 || Character.getType(one) == Character.SURROGATE);
    }

    /** Reads the body strictly: one object with the member {@code reason} and no other. */
    static Reason read(InputStream body) throws IOException {
        return Body.read(body, Set.of("reason")).reason();
    }
}
