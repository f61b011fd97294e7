package org.sallyport.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** A page that plays a session wherever it is opened: it asks for nothing, and runs its own script and no other. */
final class ReplayPage {
    private static final String STYLE = resource("replay.css");
    private static final String SCRIPT = resource("replay.js");

    /** What stands before the records: lines of JSON with commas between them. */
    static final String BEFORE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '$SCRIPT_HASH'; style-src '$STYLE_HASH'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sallyport session</title>
            <style>$STYLE</style>
            </head>
            <body>
            <header><h1>Session</h1><dl id="session"></dl></header>
            <div id="controls" role="group" aria-label="Replay">
            <button type="button" id="first" title="Home">First</button>
            <button type="button" id="back" title="Left arrow">Back</button>
            <button type="button" id="play" title="Space" aria-pressed="false">Play</button>
            <button type="button" id="forth" title="Right arrow">Forth</button>
            <button type="button" id="last" title="End">Last</button>
            <label>Speed <select id="speed"><option value="1">1</option><option value="4">4</option><option value="16">16</option></select></label>
            <label><input type="checkbox" id="short" checked> Pauses of two seconds at most</label>
            <input type="range" id="at" min="0" value="0" aria-label="Event">
            </div>
            <p id="clock" role="status"></p>
            <ol id="events" tabindex="0" aria-label="Events"></ol>
            <noscript><p>This page plays its records by a script. Without one, read the export as application/x-ndjson.</p></noscript>
            <script type="application/json" id="records">[
            """.replace("$STYLE_HASH", hash(STYLE))
            .replace("$SCRIPT_HASH", hash(SCRIPT))
            .replace("$STYLE", STYLE);

    /** What stands behind them. */
    static final String BEHIND = "\n]</script>\n<script>" + SCRIPT + "</script>\n</body>\n</html>\n";

    private ReplayPage() {}

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReplayPage.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
