package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingChangesTest {

    private static SettingChanges of(String sql) {
        return SettingChanges.of(SqlReader.read(sql).statements().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "set work_mem = 1|work_mem",
                "set local \"Work_Mem\" to default|work_mem",
                "set session U&\"work\\005Fmem\" from current|work_mem",
                "set my.\"X\".y = 1|my.x.y",
                "reset work_mem|work_mem",
                "set role x|role",
                "set session authorization x|session_authorization",
                "set local session authorization default|session_authorization",
                "reset session authorization|session_authorization",
                "set time zone 'UTC'|timezone",
                "reset time zone|timezone",
                "set names 'UTF8'|client_encoding",
                "set xml option document|xmloption",
                "set schema 'x'|search_path",
                "begin isolation level serializable, read write|transaction_read_only",
                "set transaction read write|transaction_read_only",
                "set session characteristics as transaction read write|default_transaction_read_only",
                "alter role x in database y set work_mem = 1|work_mem",
                "alter database x reset work_mem|work_mem",
                "alter system set work_mem = 1|work_mem",
                "alter function f(int) set work_mem to 1 set search_path = x|work_mem",
                "create procedure p() language sql set work_mem = 1 as ''|work_mem",
                "select set_config('Work_Mem', $1, false)|work_mem",
                "select pg_catalog . \"set_config\" /**/ (E'work\\137mem', '1', false)|work_mem",
                "explain analyze select 1 where set_config('work_mem', '1', false) = ''|work_mem",
                "select set_config(name, '1', false) from pg_settings where name = 'work_mem'|work_mem",
            })
    void knowsTheSetting(String sql, String setting) {
        SettingChanges changes = of(sql);

        assertThat(changes.names()).contains(setting);
        assertThat(changes.any()).isFalse();
        assertThat(changes.mayBeOf(Set.of(setting))).isTrue();
        assertThat(changes.mayBeOf(Set.of("another"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select set_config($1, '1', false)",
                "select set_config('work' || '_mem', '1', false)",
                "select set_config(setting_name => 'work_mem', new_value => '1', is_local => false)",
                "select set_config('work_mem'::text, '1', false)",
                "select set_config(name, '1', false) from pg_settings where name = 'work_mem' or true",
                "create aggregate a (text, bool) (sfunc = set_config, stype = text)",
                "alter function set_config(text, text, bool) rename to harmless",
                "update pg_settings set setting = '1' where name = 'work_mem'",
                "update pg_catalog.\"pg_settings\" as s set setting = '1'",
                "create view v as select * from pg_settings",
                "merge into pg_settings using t on true when matched then do nothing",
            })
    void takesAnySettingWhereItCannotKnow(String sql) {
        assertThat(of(sql).mayBeOf(Set.of("work_mem"))).isTrue();
        assertThat(of(sql).mayBeOf(Set.of("another"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show work_mem",
                "select current_setting('work_mem'), 'set work_mem = 1' -- set work_mem = 1",
                "select * from pg_settings",
                "update t set work_mem = 1",
                "insert into t (a) values (1) on conflict (a) do update set work_mem = 1",
                "alter table t add work_mem int, alter a set not null",
                "alter function f() set schema x",
                "set my.work_mem = 1",
                "reset all",
                "begin read only",
                "select work_mem from read, write",
            })
    void leavesTheRestAlone(String sql) {
        assertThat(of(sql).mayBeOf(Set.of("work_mem", "search_path", "transaction_read_only")))
                .isFalse();
    }
}
