package org.sallyport.api;

import java.util.Arrays;

/** The problems this API knows, each with its status and the words for it. */
enum ProblemKind {
    INVALID("about:blank", 400, "Bad Request", "The request cannot be read."),
    UNAUTHENTICATED("about:blank", 401, "Unauthorized", "Present a token of a trusted issuer as a bearer token."),
    FORBIDDEN("about:blank", 403, "Forbidden", "Your groups do not give you the role this takes."),
    NOT_YOURS("urn:sallyport:problem:not-yours-to-decide", 403, "Not yours to decide", "Somebody else decides this."),
    NOT_FOUND("about:blank", 404, "Not Found", "There is nothing here."),
    METHOD("about:blank", 405, "Method Not Allowed", "This cannot be done to this resource."),
    NOT_ACCEPTABLE("about:blank", 406, "Not Acceptable", "Answers are application/json."),
    DECIDED("urn:sallyport:problem:already-decided", 409, "Already decided", "It is decided already."),
    TOO_LARGE("about:blank", 413, "Content Too Large", "The body is larger than it needs to be."),
    MEDIA_TYPE("about:blank", 415, "Unsupported Media Type", "Send application/json."),
    TOO_MUCH(
            "urn:sallyport:problem:too-much-to-search",
            422,
            "Too much to search",
            "There is more to search than time; ask for less with from and to."),
    UNEXPECTED(
            "about:blank", 500, "Internal Server Error", "Something unexpected happened; the server's log knows more."),
    STORE("urn:sallyport:problem:store-unavailable", 503, "Store unavailable", "The store does not answer; try again.");

    private final String type;
    private final int status;
    private final String title;
    private final String detail;

    ProblemKind(String type, int status, String title, String detail) {
        this.type = type;
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** The kind for a status that the server or JAX-RS gave. */
    static ProblemKind ofStatus(int status) {
        return Arrays.stream(values())
                .filter(kind -> kind.status == status)
                .findFirst()
                .orElse(status >= 400 && status < 500 ? INVALID : UNEXPECTED);
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
