package org.sallyport.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** Room for the longest reason with every character escaped. */
    private static final int LARGEST_BODY = 16 * 1024;

    public Reason {
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST || reason.indexOf('\0') >= 0) {
            throw new Refused(ProblemKind.INVALID, "A reason has 1 to " + LONGEST + " characters.");
        }
    }

    /** Reads the body strictly: one object with the member {@code reason} and no other. */
    static Reason read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new Refused(ProblemKind.TOO_LARGE);
        }
        JsonObject object = parse(bytes);
        if (object.size() == 1 && object.get("reason") instanceof JsonString text) {
            return new Reason(text.getString());
        }
        throw new Refused(ProblemKind.INVALID, "The body is {\"reason\": \"...\"} and nothing else.");
    }

    private static JsonObject parse(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (JsonException malformed) {
            throw new Refused(ProblemKind.INVALID, "The body is not a JSON object.");
        }
    }
}
