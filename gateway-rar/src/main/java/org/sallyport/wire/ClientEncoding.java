package org.sallyport.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * How a session's texts are encoded: {@code client_encoding} (manual, "Character Set Support").
 *
 * @param charset reads the texts
 * @param strict  whether a text that the charset cannot read is an error; otherwise it is read byte by byte
 */
public record ClientEncoding(Charset charset, boolean strict) {

    /** The only encoding by which statements are judged. */
    public static final ClientEncoding UTF8 = new ClientEncoding(StandardCharsets.UTF_8, true);

    /** For what the server says: where that is used it is ASCII, and the rest may be in any encoding. */
    static final ClientEncoding LENIENT = new ClientEncoding(StandardCharsets.UTF_8, false);

    /** PostgreSQL's names beside those that the JDK knows as well, and those built by one rule, see {@link #javaName}. */
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("SQL_ASCII", "UTF-8"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_TW", "x-EUC-TW"),
            Map.entry("SJIS", "windows-31j"),
            Map.entry("SHIFT_JIS_2004", "x-SJIS_0213"),
            Map.entry("EUC_JIS_2004", "EUC-JP"),
            Map.entry("UHC", "x-windows-949"),
            Map.entry("JOHAB", "x-Johab"));

    /**
     * The encoding that a server reports, for a session whose texts no decision rests on.
     *
     * @param name as in ParameterStatus; one that the JDK does not know is read byte by byte
     */
    public static ClientEncoding reported(String name) {
        String java = javaName(name.toUpperCase(Locale.ROOT));
        return new ClientEncoding(
                Charset.isSupported(java) ? Charset.forName(java) : StandardCharsets.ISO_8859_1, false);
    }

    private static String javaName(String name) {
        if (name.matches("LATIN[1-4]")) {
            return "ISO-8859-" + name.substring(5);
        }
        if (name.matches("WIN125[0-8]")) {
            return "windows-" + name.substring(3);
        }
        return JAVA_NAMES.getOrDefault(name, name.replace('_', '-'));
    }

    /** @throws UndecodableText where the text is not of this encoding and the encoding is strict */
    String decode(ByteBuffer bytes) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            // Not by a decoder, which takes twice the memory; nor does it say what it has replaced.
            String text = new String(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), charset);
            if (text.indexOf('\uFFFD') < 0) {
                return text;
            }
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.duplicate())
                    .toString();
        } catch (CharacterCodingException e) {
            if (strict) {
                throw new UndecodableText();
            }
            return StandardCharsets.ISO_8859_1.decode(bytes).toString();
        }
    }
}
