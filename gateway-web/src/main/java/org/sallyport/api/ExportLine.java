package org.sallyport.api;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.Exported;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.RecordedApproval;
import org.sallyport.record.RecordedResults;
import org.sallyport.record.ResultChunkRecord;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.StatementRecord;

/**
 * A row of the record as one line of JSON, its fields named and ordered as docs/recording.md lays the record out. It has printable ASCII
 * only, and none of {@code < > & '}: whatever a client has sent, it ends no line and no element of a page that the line stands in.
 */
final class ExportLine {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final HexFormat HEX = HexFormat.of();

    private ExportLine() {}

    static String of(Exported exported) {
        JsonObjectBuilder line = JSON.createObjectBuilder();
        line.add("record", kind(exported.row()))
                .add("journal", exported.place().journal().toString())
                .add("sequence", exported.place().sequence())
                .add("salt", HEX.formatHex(exported.place().salt()))
                .add("commitment", HEX.formatHex(exported.place().commitment()));
        if (exported.row() instanceof SessionRecord session) {
            add(line, session);
        } else if (exported.row() instanceof StatementRecord statement) {
            add(line, statement);
        } else if (exported.row() instanceof OutcomeRecord outcome) {
            add(line, outcome);
        } else if (exported.row() instanceof ResultChunkRecord chunk) {
            add(line, chunk);
        } else if (exported.row() instanceof SessionEndRecord end) {
            line.add("session_id", end.session().toString())
                    .add("ended", end.ended().toString())
                    .add("reason", end.reason());
        }
        return plain(line);
    }

    private static String kind(Object row) {
        if (row instanceof SessionRecord) {
            return "session";
        } else if (row instanceof StatementRecord) {
            return "statement";
        } else if (row instanceof OutcomeRecord) {
            return "outcome";
        } else if (row instanceof ResultChunkRecord) {
            return "result_chunk";
        } else if (row instanceof SessionEndRecord) {
            return "session_end";
        }
        throw new IllegalArgumentException("not a row of the record");
    }

    private static void add(JsonObjectBuilder line, SessionRecord session) {
        line.add("id", session.id().toString())
                .add("identity", session.identity())
                .add("groups", texts(session.groups()))
                .add("connection", session.connection())
                .add("client_address", session.clientAddress())
                .add("started", session.started().toString())
                .add("gateway_version", session.gatewayVersion())
                .add("policy_version", session.policyVersion());
    }

    private static void add(JsonObjectBuilder line, StatementRecord statement) {
        line.add("session_id", statement.key().session().toString())
                .add("number", statement.key().number())
                .add("phase", statement.phase())
                .add("text", statement.text())
                .add("parameters", texts(statement.parameters()))
                .add("asked", statement.asked().toString())
                .add("kinds", texts(statement.kinds()))
                .add("verdict", statement.verdict())
                .add("rule", statement.rule())
                .add("policy_version", statement.policyVersion());
        optional(line, "approval_id", statement.approval().map(Object::toString));
        optional(line, "decided_by", statement.held().flatMap(StatementRecord.Held::decidedBy));
        optional(line, "decision_reason", statement.held().flatMap(StatementRecord.Held::reason));
        optional(line, "refused_with", statement.refusedWith());
        line.add("decided", statement.decided().toString())
                .add("relations", texts(statement.touched().relations()))
                .add("labels", texts(statement.touched().labels()));
    }

    private static void add(JsonObjectBuilder line, OutcomeRecord outcome) {
        line.add("session_id", outcome.key().session().toString())
                .add("number", outcome.key().number())
                .add("command_tag", outcome.commandTag());
        optional(line, "sql_state", outcome.sqlState());
        line.add("row_count", outcome.rows())
                .add("byte_count", outcome.bytes())
                .add(
                        "duration_micros",
                        TimeUnit.NANOSECONDS.toMicros(outcome.duration().toNanos()))
                .add("completed", outcome.completed().toString())
                .add("found", texts(outcome.found()));
    }

    private static void add(JsonObjectBuilder line, ResultChunkRecord chunk) {
        line.add("session_id", chunk.key().session().toString())
                .add("number", chunk.key().number())
                .add("chunk", chunk.key().chunk())
                .add("row_count", chunk.rows())
                .add("byte_count", chunk.bytes())
                .add("at", chunk.at().toString());
        optional(line, "encoding", chunk.content().encoding());
        line.add("content", Base64.getEncoder().encodeToString(chunk.content().bytes()));
    }

    /** What is in a statement's results, for people: the beginning of it. */
    static String of(long number, RecordedResults page) {
        JsonArrayBuilder results = JSON.createArrayBuilder();
        for (RecordedResults.Result result : page.results()) {
            JsonArrayBuilder rows = JSON.createArrayBuilder();
            result.rows().forEach(row -> rows.add(texts(row)));
            results.add(JSON.createObjectBuilder()
                    .add("kind", result.kind().name())
                    .add(
                            "columns",
                            texts(result.columns().stream()
                                    .map(RecordedResults.Column::name)
                                    .toList()))
                    .add("rows", rows));
        }
        return plain(JSON.createObjectBuilder()
                .add("record", "result")
                .add("number", number)
                .add("results", results)
                .add("more", page.next().isPresent() || page.cut()));
    }

    /** Not part of the chain, so without a place there. */
    static String of(RecordedApproval approval) {
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add("record", "approval")
                .add("id", approval.id().toString())
                .add("guardrail", approval.guardrail())
                .add("reason", approval.reason())
                .add("approver_groups", texts(approval.approverGroups()))
                .add("held_at", approval.held().toString())
                .add("state", approval.state());
        optional(line, "decided_by", approval.decidedBy());
        optional(line, "decision_reason", approval.decisionReason());
        optional(line, "closed_at", approval.closed().map(Object::toString));
        return plain(line);
    }

    /** Where it is missing the export was cut off. */
    static String end(long lines) {
        return plain(JSON.createObjectBuilder().add("record", "end_of_export").add("lines", lines));
    }

    private static void optional(JsonObjectBuilder line, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> line.add(name, text), () -> line.addNull(name));
    }

    private static JsonArrayBuilder texts(List<? extends @Nullable String> texts) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (String text : texts) {
            if (text == null) {
                array.addNull();
            } else {
                array.add(text);
            }
        }
        return array;
    }

    /** Such characters stand in strings only, where they may be written so. */
    private static String plain(JsonObjectBuilder line) {
        String json = line.build().toString();
        StringBuilder plain = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&' || c == '\'') {
                plain.append("\\u").append(HEX.toHexDigits(c));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
