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
        if (reason.isEmpty() || reason.length() > LONGEST || reason.indexOf('\0') >= 0) {
            throw new Refused(ProblemKind.INVALID, "A reason has 1 to " + LONGEST + " characters.");
        }
    }

    /** Reads the body strictly: one object with the member {@code reason} and no other. */
    static Reason read(InputStream body) throws IOException {
        return Body.read(body, Set.of("reason")).reason();
    }
}
