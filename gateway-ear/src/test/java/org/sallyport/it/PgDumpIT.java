package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pg_dump and pg_restore do through the gateway what they do past it. */
@WithGateway
class PgDumpIT {
    /** Dumps, restores into another database and shows what is there then; {@code $0} is the format. */
    private static final String ROUND_TRIP = """
            psql -Xqb -d restored -v ON_ERROR_STOP=1 -c 'SET client_min_messages = error' \\
                -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public'
            dump=$(mktemp -d)/dump
            pg_dump --format=$0 $1 --file="$dump" --no-publications
            pg_restore --list "$dump"
            pg_restore $2 -d restored "$dump"
            rm -r "$(dirname "$dump")"
            pg_dump -d restored
            """;

    private final Gateway gateway;

    PgDumpIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--verbose",
                "--serializable-deferrable --no-owner --clean --if-exists --create",
                "--inserts --rows-per-insert=100 --on-conflict-do-nothing --data-only --table=customers",
                "--column-inserts --table=products --section=data --section=post-data",
                "--schema-only --quote-all-identifiers --enable-row-security --lock-wait-timeout=5s",
                "--table=nowhere"
            })
    void dumpsTheSameText(String options) throws Exception {
        String[] command = ("pg_dump " + options).split(" ");
        String told = Transcript.ofBoth(gateway, "shop", route -> route.run(command));
        assertThat(told).containsAnyOf("PostgreSQL database dump complete", "no matching tables were found");
    }

    /** Also by several connections that share a snapshot. */
    @ParameterizedTest
    @CsvSource({"custom, --jobs=1, --jobs=2", "tar, --jobs=1, --single-transaction", "directory, --jobs=2, --jobs=2"})
    void restoresWhatItDumped(String format, String dumping, String restoring) throws Exception {
        Programs.require("pg_dump");
        Programs.require("pg_restore");
        String told = Transcript.ofBoth(
                gateway, "shop", route -> route.run("sh", "-ec", ROUND_TRIP, format, dumping, restoring));
        assertThat(told).contains("COPY public.customers", "exit status 0");
    }
}
