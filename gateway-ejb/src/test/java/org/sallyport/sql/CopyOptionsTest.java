package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyFormat.Binary;
import org.sallyport.contract.CopyFormat.Csv;
import org.sallyport.contract.CopyFormat.Forced;
import org.sallyport.contract.CopyFormat.Text;

/** Threat 70: the form of COPY's data is known exactly, or not at all. */
class CopyOptionsTest {
    private static Optional<CopyFormat> format(String options) {
        Reading table = SqlReader.read("copy t to stdout " + options)
                .statements()
                .get(0)
                .reading();
        Reading query = SqlReader.read("copy (select 1) to stdout " + options)
                .statements()
                .get(0)
                .reading();
        Optional<CopyFormat> format = ((Reading.CopyOut) table).format();
        assertThat(((Reading.CopyOfQuery) ((Reading.Containing) query).outer()).format())
                .isEqualTo(format);
        return format;
    }

    private static Csv csv(char quote, char escape, boolean header, Forced forced) {
        return new Csv(',', "", header, quote, escape, forced);
    }

    @Test
    void readsBothSyntaxes() {
        Forced ab = new Forced(false, Set.of("a", "B"));
        assertThat(format("")).contains(new Text('\t', "\\N", false));
        assertThat(format("with (format text, null '\\X', delimiter ',', encoding 'utf-8')"))
                .contains(new Text(',', "\\X", false));
        assertThat(format("delimiter as E'|' null '\\NULL'")).contains(new Text('|', "\\NULL", false));
        assertThat(format("using delimiters ';'")).contains(new Text(';', "\\N", false));
        assertThat(format("(header, format \"text\")")).contains(new Text('\t', "\\N", true));
        assertThat(format("(HEADER 0)")).contains(new Text('\t', "\\N", false));
        assertThat(format("(header 'TRUE')")).contains(new Text('\t', "\\N", true));
        assertThat(format("with csv")).contains(csv('"', '"', false, Forced.NOTHING));
        assertThat(format("csv header quote as '''' escape $$\\$$ force quote a, \"B\""))
                .contains(csv('\'', '\\', true, ab));
        assertThat(format("(format 'csv', header on, quote '''', escape '\\', force_quote (A, \"B\"))"))
                .contains(csv('\'', '\\', true, ab));
        assertThat(format("(format csv, force_quote *)")).contains(csv('"', '"', false, new Forced(true, Set.of())));
        assertThat(format("csv force quote *")).contains(csv('"', '"', false, new Forced(true, Set.of())));
        assertThat(format("(format csv, quote x)")).contains(csv('x', 'x', false, Forced.NOTHING));
        assertThat(format("(format csv, null 'none', delimiter E'\\t')"))
                .contains(new Csv('\t', "none", false, '"', '"', Forced.NOTHING));
        assertThat(format("binary")).contains(new Binary());
        assertThat(format("(format binary, encoding 'UNICODE')")).contains(new Binary());
    }

    /** What PostgreSQL refuses, what it does not know yet, and where a value could look like something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(format json)",
                "(format 'CSV')",
                "(format csv, format csv)",
                "binary csv",
                "csv binary",
                "(header yes)",
                "(header t)",
                "(header '1')",
                "(header 2)",
                "(header match)",
                "(header, header)",
                "(null '')",
                "(null 'none')",
                "(null '123-45-6789')",
                "(null '\\t')",
                "(null '\\\\')",
                "(null '\\N\\')",
                "(null '\\N,', delimiter ',')",
                "(null E'\\\\N\\n')",
                "null as ''",
                "(delimiter 'a')",
                "(delimiter '\\')",
                "(delimiter '.')",
                "(delimiter 'ab')",
                "(delimiter '')",
                "(delimiter 'é')",
                "(delimiter E'\\n')",
                "(delimiter ',', delimiter ',')",
                "using delimiters ',' delimiter ','",
                "(quote '\"')",
                "(force_quote *)",
                "(format csv, quote ',')",
                "(format csv, quote '')",
                "(format csv, quote E'\\n')",
                "(format csv, escape 'ab')",
                "(format csv, null ',')",
                "(format csv, null 'a\"b')",
                "(format csv, force_quote 1)",
                "(format csv, force_not_null (a))",
                "(format binary, null '\\N')",
                "(format binary, header)",
                "(encoding 'LATIN1')",
                "(encoding 'SQL_ASCII')",
                "(freeze)",
                "freeze",
                "(on_error stop)",
                "(\"HEADER\" true)",
                "(format csv) csv",
                "()",
                "header oids",
                "(default 'x')",
                "(null *)",
                "(null 1)",
                "csv force not null a",
            })
    void knowsNoOtherForms(String options) {
        assertThat(format(options)).as(options).isEmpty();
    }

    @Test
    void anOldBinaryBeforeTheTableCountsToo() {
        assertThat(((Reading.CopyOut) SqlReader.read("copy binary t (b, a) to stdout")
                        .statements()
                        .get(0)
                        .reading()))
                .isEqualTo(new Reading.CopyOut(ObjectName.of("t"), List.of("b", "a"), Optional.of(new Binary())));
    }
}
