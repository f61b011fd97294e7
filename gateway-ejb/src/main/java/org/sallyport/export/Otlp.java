package org.sallyport.export;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Words events as OpenTelemetry's logs, in OTLP's JSON. 64-bit numbers are texts there. */
final class Otlp {
    private Otlp() {}

    static String body(List<Event> events) {
        JsonArrayBuilder records = Json.array();
        events.forEach(event -> records.add(logRecord(event)));
        JsonArrayBuilder resource = Json.array();
        text(resource, "service.name", "sallyport");
        return Json.line(Json.object()
                .add(
                        "resourceLogs",
                        Json.array()
                                .add(Json.object()
                                        .add("resource", Json.object().add("attributes", resource))
                                        .add(
                                                "scopeLogs",
                                                Json.array()
                                                        .add(Json.object()
                                                                .add(
                                                                        "scope",
                                                                        Json.object()
                                                                                .add("name", "sallyport.record"))
                                                                .add("logRecords", records)))))
                .build());
    }

    private static JsonObjectBuilder logRecord(Event event) {
        String name = "sallyport." + event.kind().name().toLowerCase(Locale.ROOT);
        boolean warning = event.sqlState().isPresent();
        String nanos = ChronoUnit.MICROS.between(Instant.EPOCH, event.at()) + "000";
        return Json.object()
                .add("timeUnixNano", nanos)
                .add("observedTimeUnixNano", nanos)
                .add("severityNumber", warning ? 13 : 9)
                .add("severityText", warning ? "WARN" : "INFO")
                .add("eventName", name)
                .add("body", Json.object().add("stringValue", name))
                .add("attributes", attributes(event));
    }

    private static JsonArrayBuilder attributes(Event event) {
        JsonArrayBuilder attributes = Json.array();
        text(attributes, "log.record.uid", event.id());
        text(attributes, "session.id", event.session().id().toString());
        text(attributes, "user.name", event.session().identity());
        texts(attributes, "user.roles", event.session().groups());
        text(attributes, "client.address", event.session().clientAddress());
        text(attributes, "db.system.name", "postgresql");
        text(attributes, "db.namespace", event.session().connection());
        event.sqlState().ifPresent(state -> text(attributes, "db.response.status_code", state));
        event.statement().ifPresent(statement -> {
            text(attributes, "db.query.text", statement.text());
            text(attributes, "db.operation.name", String.join(" ", statement.kinds()));
            number(attributes, "sallyport.statement.number", statement.number());
            text(attributes, "sallyport.verdict", event.isDenied() ? "DENY" : "PERMIT");
            text(attributes, "sallyport.rule", statement.rule());
            text(attributes, "sallyport.policy_version", statement.policyVersion());
            texts(attributes, "sallyport.relations", statement.relations());
            texts(attributes, "sallyport.labels", statement.labels());
            statement.approval().ifPresent(approval -> text(attributes, "sallyport.approval", approval));
            statement.decidedBy().ifPresent(person -> text(attributes, "sallyport.decided_by", person));
        });
        event.outcome().ifPresent(outcome -> {
            number(attributes, "db.response.returned_rows", outcome.rows());
            number(attributes, "sallyport.bytes", outcome.bytes());
            number(attributes, "sallyport.duration_micros", outcome.micros());
        });
        event.endReason().ifPresent(reason -> text(attributes, "sallyport.end_reason", reason));
        return attributes;
    }

    private static void text(JsonArrayBuilder attributes, String key, String value) {
        attributes.add(Json.object().add("key", key).add("value", Json.object().add("stringValue", value)));
    }

    private static void number(JsonArrayBuilder attributes, String key, long value) {
        attributes.add(
                Json.object().add("key", key).add("value", Json.object().add("intValue", String.valueOf(value))));
    }

    private static void texts(JsonArrayBuilder attributes, String key, List<String> values) {
        JsonArrayBuilder array = Json.array();
        values.forEach(value -> array.add(Json.object().add("stringValue", value)));
        attributes.add(Json.object()
                .add("key", key)
                .add("value", Json.object().add("arrayValue", Json.object().add("values", array))));
    }
}
