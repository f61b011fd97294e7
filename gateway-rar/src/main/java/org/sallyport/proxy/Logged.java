package org.sallyport.proxy;

/** A failure as it is put in the log: libraries quote in it what a server has said, and that may be anything of any length. */
final class Logged {
    private static final int LONGEST = 300;

    private Logged() {}

    /** Its kind and its message on one line, in visible ASCII. */
    static String of(Throwable failure) {
        String text = failure.toString();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && c != '\\';
            line.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return text.length() > LONGEST ? line + "..." : line.toString();
    }
}
