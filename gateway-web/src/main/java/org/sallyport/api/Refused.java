package org.sallyport.api;

/** A request that is answered with a problem; thrown by the resources, mapped by {@link FailureMapper}. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String detail;

    Refused(ProblemKind kind, String detail) {
        super(kind.title());
        this.kind = kind;
        this.detail = detail;
    }

    Refused(ProblemKind kind) {
        this(kind, kind.detail());
    }

    ProblemKind kind() {
        return kind;
    }

    String detail() {
        return detail;
    }
}
