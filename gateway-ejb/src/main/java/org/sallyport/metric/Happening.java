package org.sallyport.metric;

/** What is counted. No name or label holds anything that a client has sent. */
public enum Happening {
    SESSION_ADMITTED("sallyport.sessions", "outcome", "admitted", "Sessions asked for, by what came of it"),
    SESSION_REJECTED("sallyport.sessions", "outcome", "rejected", "Sessions asked for, by what came of it"),
    STATEMENT_PERMITTED("sallyport.statements", "verdict", "permit", "Verdicts on statements"),
    STATEMENT_WARNED("sallyport.statements", "verdict", "warn", "Verdicts on statements"),
    STATEMENT_HELD("sallyport.statements", "verdict", "hold", "Verdicts on statements"),
    STATEMENT_DENIED("sallyport.statements", "verdict", "deny", "Verdicts on statements"),
    QUESTION_ANSWERED("sallyport.questions", "outcome", "answered", "Questions to servers about what statements mean"),
    QUESTION_UNANSWERED(
            "sallyport.questions", "outcome", "unanswered", "Questions to servers about what statements mean"),
    READINGS_DISAGREED(
            "sallyport.cross.check",
            "outcome",
            "disagreed",
            "Statements refused because text and server name other things"),
    CHECKPOINT_WRITTEN(
            "sallyport.checkpoints", "outcome", "written", "Checkpoints of the journal, by what came of them"),
    CHECKPOINT_FAILED("sallyport.checkpoints", "outcome", "failed", "Checkpoints of the journal, by what came of them"),
    ANCHOR_KEPT("sallyport.anchors", "outcome", "kept", "Attempts to anchor a checkpoint, by what came of them"),
    ANCHOR_FAILED("sallyport.anchors", "outcome", "failed", "Attempts to anchor a checkpoint, by what came of them"),
    PURGE_RECORDED("sallyport.purges", "outcome", "recorded", "Purges of the record, by what came of them"),
    PURGE_CARRIED_OUT("sallyport.purges", "outcome", "carried-out", "Purges of the record, by what came of them"),
    PURGE_FAILED("sallyport.purges", "outcome", "failed", "Purges of the record, by what came of them"),
    EXPORT_SENT("sallyport.exports", "outcome", "sent", "Batches of the record for sinks, by what came of them"),
    EXPORT_FAILED("sallyport.exports", "outcome", "failed", "Batches of the record for sinks, by what came of them"),
    CONTENT_DETECTED(
            "sallyport.detections", "outcome", "found", "Statements in whose results a detector found something");

    private final String metric;
    private final String label;
    private final String value;
    private final String description;

    Happening(String metric, String label, String value, String description) {
        this.metric = metric;
        this.label = label;
        this.value = value;
        this.description = description;
    }

    /** The metric's name; {@link #label} and {@link #value} tell apart what it counts. */
    String metric() {
        return metric;
    }

    String label() {
        return label;
    }

    String value() {
        return value;
    }

    String description() {
        return description;
    }
}
