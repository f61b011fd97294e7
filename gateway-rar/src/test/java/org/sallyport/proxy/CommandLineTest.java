package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.wire.StartupPacket.Parameter;

/** What PostgreSQL 18 makes of the same texts was looked at; StartupSettingsTest asks a server. */
class CommandLineTest {

    private static List<String> settings(String options) {
        CommandLine read = CommandLine.parse(options);
        assertThat(read.fault()).isNull();
        return read.settings().stream()
                .map(setting -> setting.name() + "=" + setting.value())
                .toList();
    }

    private static String fault(String options) {
        return Objects.requireNonNull(CommandLine.parse(options).fault()).message();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c work_mem=7MB             | work_mem=7MB",
                "-cwork_mem=7MB              | work_mem=7MB",
                "--work-mem=7MB              | work_mem=7MB",
                "--work_mem=7MB              | work_mem=7MB",
                "-c work-mem=7MB             | work_mem=7MB",
                "-c a-b.c=x-y                | a_b.c=x-y",
                "-c search_path=a\\ b       | search_path=a b",
                "-c x.y=a\\\\b             | x.y=a\\b",
                "-c x.y=a=b=c                | x.y=a=b=c",
                "-c x.y=                     | x.y=",
                "-c -c=1                     | _c=1",
                "-cc=1                       | c=1",
                "-c =1                       | =1",
                "-c x.y=1\\                 | x.y=1",
            })
    void readsASetting(String options, String setting) {
        assertThat(settings(options)).containsExactly(setting);
    }

    @Test
    void readsSettingsInTheirOrderWhateverDividesThem() {
        assertThat(settings("\t -c a.b=1\n--c-d.e=2\u000b\f\r -cf.g=3  --"))
                .containsExactly("a.b=1", "c_d.e=2", "f.g=3");
        assertThat(settings("-c a.b=1\u00a02\u20033"))
                .as("white space to C is narrower than to Java")
                .containsExactly("a.b=1\u00a02\u20033");
        assertThat(settings("")).isEmpty();
        assertThat(settings("  \t")).isEmpty();
    }

    @Test
    void keepsWhatStandsBeforeAFault() {
        assertThat(CommandLine.parse("-c a.b=1 -S 7 -c c.d=2").settings()).containsExactly(new Parameter("a.b", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c                | -c",
                "-S 7              | -S",
                "-e                | -e",
                "-eOc x.y=1        | -eOc",
                "-B 1000           | -B",
                "-d 5              | -d",
                "foo               | foo",
                "-                 | -",
                "-- -c x.y=1       | -c",
                "\\               | ''",
                "-c x.y=1 postgres | postgres",
            })
    void refusesWhatIsNoSetting(String options, String named) {
        assertThat(fault(options)).isEqualTo("invalid command-line argument for server process: " + named);
    }

    @Test
    void refusesASettingWithoutAValueInPostgresqlsWords() {
        assertThat(fault("-c work_mem")).isEqualTo("-c work_mem requires a value");
        assertThat(fault("-cwork_mem")).isEqualTo("-c work_mem requires a value");
        assertThat(fault("--work-mem")).isEqualTo("--work-mem requires a value");
        assertThat(fault("--work-mem 7MB")).isEqualTo("--work-mem requires a value");
    }
}
