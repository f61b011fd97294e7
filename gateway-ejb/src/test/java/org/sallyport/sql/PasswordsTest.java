package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE bob PASSWORD 'sesame'",
                "alter role bob with encrypted password  'sesame' valid until 'x'",
                "ALTER ROLE bob PASSWORD/* a /* nested */ comment */'sesame'",
                "ALTER ROLE bob PASSWORD -- it's\n 'sesame'",
                "ALTER ROLE bob PASSWORD E'\\'sesame'",
                "ALTER ROLE bob PASSWORD 'it''s sesame'",
                "ALTER ROLE bob PASSWORD U&'sesame'",
                "ALTER ROLE bob PASSWORD $$sesame$$",
                "ALTER ROLE bob PASSWORD $a$ses$$ame sesame$a$",
                "ALTER ROLE bob PASSWORD 'sesame",
                "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password 'sesame')",
                "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', \"password\" 'sesame')",
                "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', U&\"pass\\0077ord\" 'sesame')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=sesame dbname=d' PUBLICATION p",
                "SELECT dblink('postgresql://bob:sesame@host/db', 'x')",
                "SELECT 1 FROM accounts WHERE password = 'sesame'",
            })
    void hidesPasswords(String sql) {
        assertThat(Passwords.hidden(sql)).doesNotContain("sesame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'password' FROM t; DELETE FROM orders WHERE id = 'x'",
                "SELECT 1 AS password, 'a\\'; DELETE FROM orders; --'",
                "SELECT 1 FROM t WHERE password = 'a\\'; DELETE FROM orders; --'",
                "/* password */ DELETE FROM orders WHERE a = 'x'",
                "-- password\rDELETE FROM orders",
            })
    void hidesNoStatementAsIfItWereAPassword(String sql) {
        assertThat(Passwords.hidden(sql)).contains("DELETE FROM orders");
    }

    @Test
    void keepsTheRestAsItIs() {
        String sql = "SELECT password, 'x' FROM \"accounts\" -- $1\n";

        assertThat(Passwords.hidden(sql)).isEqualTo(sql);
        assertThat(Passwords.hidden("ALTER ROLE a PASSWORD 'x'; ALTER ROLE b PASSWORD 'y' LOGIN"))
                .isEqualTo("ALTER ROLE a PASSWORD '***'; ALTER ROLE b PASSWORD '***' LOGIN");
    }

    @Test
    void readsHostileTextsOnce() {
        for (String piece :
                List.of("password ", "password/*", "password'", "password=", "'://a:'", "''", "password$a")) {
            assertThat(Passwords.hidden(piece.repeat(100_000)).length()).isPositive();
        }
    }
}
