package org.sallyport.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.CopyFormat;

/** Writes rows as PostgreSQL's COPY TO does; that it does so is compared with a real one. */
public final class CopyWriter {
    private final CopyFormat format;
    private final List<String> names;

    public CopyWriter(CopyFormat format, List<String> names) {
        this.format = format;
        this.names = List.copyOf(names);
    }

    /** The whole data; of the binary format with values whose binary form is given. */
    public byte[] write(List<? extends List<byte @Nullable []>> rows) {
        if (format instanceof CopyFormat.Binary) {
            return binary(rows);
        }
        StringBuilder lines = new StringBuilder();
        boolean header = format instanceof CopyFormat.Text text ? text.header() : ((CopyFormat.Csv) format).header();
        if (header) {
            lines.append(line(names.stream().map(CopyWriter::bytes).toList(), true));
        }
        rows.forEach(row -> lines.append(line(row, false)));
        return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private String line(List<byte @Nullable []> row, boolean ofNames) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            byte[] value = row.get(i);
            String text = value == null ? null : new String(value, StandardCharsets.ISO_8859_1);
            fields.add(
                    format instanceof CopyFormat.Text inText
                            ? text(inText, text)
                            : csv((CopyFormat.Csv) format, text, !ofNames && isForced(i)));
        }
        char delimiter =
                format instanceof CopyFormat.Text text ? text.delimiter() : ((CopyFormat.Csv) format).delimiter();
        return String.join(String.valueOf(delimiter), fields) + "\n";
    }

    private boolean isForced(int column) {
        CopyFormat.Forced forced = ((CopyFormat.Csv) format).forced();
        boolean first = names.indexOf(names.get(column)) == column;
        return forced.all() || (first && forced.columns().contains(names.get(column)));
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String text(CopyFormat.Text format, @Nullable String value) {
        return value == null
                ? latin(format.nullText())
                : value.replace("\\", "\\\\")
                        .replace("\b", "\\b")
                        .replace("\f", "\\f")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\u000b", "\\v")
                        .replace("\t", "\\t")
                        .replace(String.valueOf(format.delimiter()), delimiter(format.delimiter()));
    }

    private static String delimiter(char delimiter) {
        return delimiter == '\t' ? "\t" : "\\" + delimiter;
    }

    private String csv(CopyFormat.Csv format, @Nullable String value, boolean forced) {
        if (value == null) {
            return latin(format.nullText());
        }
        String quote = String.valueOf(format.quote());
        String escape = String.valueOf(format.escape());
        boolean needed = value.equals(latin(format.nullText()))
                || (names.size() == 1 && value.equals("\\."))
                || value.contains(quote)
                || value.contains("\n")
                || value.contains("\r")
                || value.indexOf(format.delimiter()) >= 0;
        if (!forced && !needed) {
            return value;
        }
        StringBuilder quoted = new StringBuilder(quote);
        value.chars()
                .mapToObj(c -> String.valueOf((char) c))
                .forEach(c -> quoted.append(c.equals(quote) || c.equals(escape) ? escape : "")
                        .append(c));
        return quoted.append(quote).toString();
    }

    private static byte[] binary(List<? extends List<byte @Nullable []>> rows) {
        ByteBuffer data = ByteBuffer.allocate(1 << 20);
        data.put("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(0)
                .putInt(0);
        for (List<byte @Nullable []> row : rows) {
            data.putShort((short) row.size());
            for (byte[] value : row) {
                if (value == null) {
                    data.putInt(-1);
                } else {
                    data.putInt(value.length).put(value);
                }
            }
        }
        data.putShort((short) -1).flip();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }
}
