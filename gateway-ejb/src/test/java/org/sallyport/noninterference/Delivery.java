package org.sallyport.noninterference;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sallyport.client.RawClient;

/** How a statement is sent. */
enum Delivery {
    SIMPLE,
    /** In one text with others, whose results have masks of their own. */
    AMONG,
    EXTENDED,
    BINARY,
    /** A few rows at a time. */
    PORTAL,
    CURSOR,
    BINARY_CURSOR,
    /** A cursor of SQL, whose rows the protocol takes without asking what they are. */
    CURSOR_AS_PORTAL,
    COPY,
    COPY_CSV,
    COPY_BINARY,
    /** By the extended protocol. */
    COPY_EXTENDED,
    PREPARE,
    /** Of SQL, and run by the protocol. */
    PREPARE_AS_PARSE,
    EXPLAIN;

    /** What this does with labelled values of the statement. */
    Optional<Use> use() {
        return switch (this) {
            case EXPLAIN -> Optional.of(Use.EXPLAIN);
            default -> Optional.empty();
        };
    }

    Scene scene(String sql, boolean changes) {
        return switch (this) {
            case SIMPLE -> scene(changes, client -> client.query(sql));
            case AMONG -> scene(changes, Scene.query("SELECT 1; " + sql + "; SELECT 'a' AS v; " + sql));
            case EXTENDED ->
                scene(
                        changes,
                        client -> client.parse("", sql)
                                .bind("", "")
                                .describe('P', "")
                                .execute("", 0)
                                .sync());
            case BINARY ->
                scene(
                        changes,
                        client -> bindBinary(client.parse("", sql))
                                .describe('P', "")
                                .execute("", 0)
                                .sync());
            case PORTAL ->
                Scene.rolledBack(client -> client.parse("", sql)
                        .bind("p", "")
                        .describe('P', "p")
                        .execute("p", 2)
                        .execute("p", 2)
                        .execute("p", 0)
                        .sync());
            case CURSOR ->
                Scene.rolledBack(
                        Scene.query("DECLARE k CURSOR FOR " + sql),
                        Scene.query("FETCH 2 FROM k"),
                        Scene.query("FETCH ALL FROM k"));
            case BINARY_CURSOR ->
                Scene.rolledBack(
                        Scene.query("DECLARE \"K k\" BINARY CURSOR FOR " + sql), Scene.query("FETCH ALL FROM \"K k\""));
            case CURSOR_AS_PORTAL ->
                Scene.rolledBack(
                        Scene.query("DECLARE k CURSOR FOR " + sql),
                        client -> client.execute("k", 2).execute("k", 0).sync());
            case COPY -> scene(changes, Scene.query("COPY (" + sql + ") TO STDOUT"));
            case COPY_CSV ->
                scene(
                        changes,
                        Scene.query("COPY (" + sql + ") TO STDOUT CSV NULL AS 'none' HEADER ESCAPE '#' FORCE QUOTE *"));
            case COPY_EXTENDED ->
                scene(
                        changes,
                        client -> client.parse("", "COPY (" + sql + ") TO STDOUT (DELIMITER '*')")
                                .bind("", "")
                                .execute("", 0)
                                .sync());
            case COPY_BINARY -> scene(changes, Scene.query("COPY (" + sql + ") TO STDOUT (FORMAT binary)"));
            case PREPARE ->
                Scene.rolledBack(
                        Scene.query("PREPARE s AS " + sql), Scene.query("EXECUTE s"), Scene.query("DEALLOCATE s"));
            case PREPARE_AS_PARSE ->
                Scene.rolledBack(
                        Scene.query("PREPARE s AS " + sql),
                        client -> bindBinary(client, "s").execute("", 0).sync(),
                        Scene.query("EXECUTE s"),
                        Scene.query("DEALLOCATE s"));
            case EXPLAIN -> scene(changes, Scene.query("EXPLAIN (ANALYZE, VERBOSE, TIMING off, SUMMARY off) " + sql));
        };
    }

    private static Scene scene(boolean changes, Scene.Step step) {
        return new Scene(List.of(step), !changes);
    }

    private static RawClient bindBinary(RawClient client) {
        return bindBinary(client, "");
    }

    private static RawClient bindBinary(RawClient client, String prepared) {
        return client.message('B', data -> {
            string(data, "");
            string(data, prepared);
            data.writeShort(0);
            data.writeShort(0);
            data.writeShort(1);
            data.writeShort(1);
        });
    }

    private static void string(DataOutputStream data, String text) throws IOException {
        data.write(text.getBytes(StandardCharsets.UTF_8));
        data.writeByte(0);
    }
}
