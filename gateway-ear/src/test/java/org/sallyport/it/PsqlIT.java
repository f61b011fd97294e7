package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** psql shows through the gateway what it shows past it. */
@WithGateway
class PsqlIT {
    private final Gateway gateway;

    PsqlIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "describe, drop cascades to",
                "queries, SELECT generate_series",
                "errors, ERROR:  SP001",
                "transactions, current transaction is aborted",
                "cursors, MOVE 1",
                "copy, COPY 2",
                "notify, Asynchronous notification",
                "largeobjects, 300000",
            })
    void playsAScript(String name, String seen) throws Exception {
        String told = Transcript.ofBoth(
                gateway,
                "bench",
                route -> route.run("psql", "-X", "-a", "-f", "src/test/resources/psql/" + name + ".sql"));
        assertThat(told).contains(seen);
    }

    /** Rows of nothing, but what describes the database as a direct connection has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\dt",
                "\\dt+",
                "\\di+",
                "\\d customers",
                "\\d+ orders",
                "\\di",
                "\\dv",
                "\\ds",
                "\\dn",
                "\\df",
                "\\dT",
                "\\du",
                "\\dp",
                "\\l",
                "\\dx",
                "\\dL",
                "\\dAc",
                "\\db",
                "\\dC",
                "\\dD",
                "\\dy",
                "\\dRp",
                "\\do",
                "\\dF",
                "\\ddp",
                "\\dO",
                "\\dc",
            })
    void describesWhatAnAgentMayNotRead(String command) {
        Agent agent = Agent.in(gateway, "describing-agents");
        Programs.Result through =
                Programs.run(gateway.environment("shop", agent.name(), agent.token()), "psql", "-Xc", command);
        Programs.Result direct = Programs.run(gateway.directEnvironment("shop"), "psql", "-Xc", command);

        assertThat(through.errors()).isEmpty();
        assertThat(through.output()).isEqualTo(direct.output()).isNotEmpty();
        assertThat(through.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM customers",
                "SELECT rolpassword FROM pg_authid",
                "SELECT * FROM pg_stats",
                "SELECT query FROM pg_stat_activity",
                "SELECT setconfig FROM pg_db_role_setting",
                "SELECT * FROM pg_user_mappings",
                "SELECT * FROM information_schema.user_mapping_options",
                "SELECT pg_read_file('postgresql.conf')",
                "SELECT * FROM pg_stat_replication",
                "SELECT * FROM pg_locks",
                "SELECT last_value FROM pg_sequences",
                "SELECT query_to_xml('select 1', true, true, '')",
                "UPDATE pg_class SET relname = 'x'",
                "SELECT FROM pg_class FOR UPDATE",
                "SELECT set_config('role', 'postgres', false)",
            })
    void describesNothingElse(String sql) {
        Agent agent = Agent.in(gateway, "describing-agents");
        Programs.Result refused =
                Programs.run(gateway.environment("shop", agent.name(), agent.token()), "psql", "-XAtc", sql);

        assertThat(refused.errors()).contains("permission denied");
        assertThat(refused.status()).isNotZero();
    }
}
