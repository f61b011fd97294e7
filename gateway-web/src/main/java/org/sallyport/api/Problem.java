package org.sallyport.api;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong, as RFC 9457 writes it. It reveals nothing internal.
 *
 * @param type     names the kind of problem; {@code about:blank} where the status says it all
 * @param instance the path that was asked for
 */
@Schema(description = "RFC 9457 problem details")
public record Problem(String type, String title, int status, String detail, String instance) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemKind kind, String detail, String instance) {
        return new Problem(kind.type(), kind.title(), kind.status(), detail, instance);
    }

    /** The document itself, for where no JAX-RS writer is at hand too. */
    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("instance", instance)
                .build();
    }
}
