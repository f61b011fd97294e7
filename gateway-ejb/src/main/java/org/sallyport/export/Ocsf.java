package org.sallyport.export;

import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Map;
import org.sallyport.export.Event.Kind;

/** Words events as the Open Cybersecurity Schema Framework does: Datastore Activity, class 6005, version 1.3.0. */
final class Ocsf {
    private static final int CLASS = 6005;
    private static final int OTHER = 99;

    /** By the kind that a statement begins with. */
    private static final Map<String, Integer> ACTIVITIES = Map.ofEntries(
            Map.entry("SELECT", 4),
            Map.entry("TABLE", 4),
            Map.entry("VALUES", 4),
            Map.entry("FETCH", 4),
            Map.entry("COPY TO", 4),
            Map.entry("UPDATE", 2),
            Map.entry("MERGE", 2),
            Map.entry("INSERT", 5),
            Map.entry("COPY FROM", 5),
            Map.entry("DELETE", 7),
            Map.entry("TRUNCATE", 7));

    private static final Map<Integer, String> NAMES =
            Map.of(2, "Update", 3, "Connect", 4, "Query", 5, "Write", 6, "Create", 7, "Delete");

    private Ocsf() {}

    static String line(Event event) {
        int activity = activity(event);
        JsonObjectBuilder line = Json.object()
                .add("class_uid", CLASS)
                .add("class_name", "Datastore Activity")
                .add("category_uid", CLASS / 1000)
                .add("category_name", "Application Activity")
                .add("activity_id", activity)
                .add("activity_name", NAMES.getOrDefault(activity, other(event)))
                .add("type_uid", CLASS * 100 + activity)
                .add("time", event.at().toEpochMilli())
                .add("severity_id", event.isDenied() ? 3 : event.sqlState().isPresent() ? 2 : 1)
                .add("metadata", metadata(event))
                .add("actor", actor(event.session()))
                .add("src_endpoint", endpoint(event.session().clientAddress()))
                .add(
                        "database",
                        Json.object().add("name", event.session().connection()).add("type_id", 1));
        if (event.kind() != Kind.STATEMENT || event.isDenied()) {
            // Of a permitted statement nobody knows yet.
            boolean failed = event.sqlState().isPresent();
            line.add("status_id", failed ? 2 : 1).add("status", failed ? "Failure" : "Success");
            event.sqlState().ifPresent(state -> line.add("status_code", state));
        }
        event.statement().ifPresent(statement -> {
            line.add("action_id", event.isDenied() ? 2 : 1).add("action", event.isDenied() ? "Denied" : "Allowed");
            line.add("disposition_id", event.isDenied() ? 2 : 1)
                    .add("disposition", event.isDenied() ? "Blocked" : "Allowed");
            line.add("query_info", Json.object().add("query_string", statement.text()));
        });
        event.outcome().ifPresent(outcome -> line.add("duration", outcome.micros() / 1000));
        return Json.line(line.add("unmapped", unmapped(event)).build());
    }

    private static int activity(Event event) {
        if (event.kind() == Kind.SESSION) {
            return 3;
        }
        String kind = first(event);
        return kind.startsWith("CREATE") ? 6 : ACTIVITIES.getOrDefault(kind, OTHER);
    }

    private static String first(Event event) {
        return event.statement().stream()
                .flatMap(statement -> statement.kinds().stream())
                .findFirst()
                .orElse("");
    }

    private static String other(Event event) {
        return event.kind() == Kind.SESSION_END ? "Disconnect" : first(event);
    }

    private static JsonObjectBuilder metadata(Event event) {
        String session = event.session().id().toString();
        return Json.object()
                .add("version", "1.3.0")
                .add("profiles", Json.array().add("security_control"))
                .add("product", Json.object().add("name", "Sallyport").add("vendor_name", "Sallyport"))
                .add("uid", event.id())
                .add("sequence", event.sequence())
                .add(
                        "correlation_uid",
                        event.statement().map(s -> session + "/" + s.number()).orElse(session));
    }

    private static JsonObjectBuilder actor(Event.Session session) {
        var groups = Json.array();
        session.groups().forEach(group -> groups.add(Json.object().add("name", group)));
        return Json.object()
                .add("user", Json.object().add("name", session.identity()).add("groups", groups))
                .add("session", Json.object().add("uid", session.id().toString()));
    }

    private static JsonObjectBuilder endpoint(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Json.object().add("name", address);
        }
        return Json.object()
                .add("ip", address.substring(0, colon).replaceAll("[\\[\\]/]", ""))
                .add("port", Integer.parseInt(address.substring(colon + 1)));
    }

    /** What the schema has no place for. */
    private static JsonObjectBuilder unmapped(Event event) {
        JsonObjectBuilder unmapped =
                Json.object().add("event", event.kind().name().toLowerCase(Locale.ROOT));
        event.statement().ifPresent(statement -> {
            unmapped.add("number", statement.number())
                    .add("kinds", Json.texts(statement.kinds()))
                    .add("relations", Json.texts(statement.relations()))
                    .add("labels", Json.texts(statement.labels()))
                    .add("rule", statement.rule())
                    .add("policy_version", statement.policyVersion());
            statement.approval().ifPresent(approval -> unmapped.add("approval", approval));
            statement.decidedBy().ifPresent(person -> unmapped.add("decided_by", person));
        });
        event.outcome()
                .ifPresent(outcome -> unmapped.add("command_tag", outcome.commandTag())
                        .add("rows", outcome.rows())
                        .add("bytes", outcome.bytes()));
        event.endReason().ifPresent(reason -> unmapped.add("end_reason", reason));
        return unmapped;
    }
}
