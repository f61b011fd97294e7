package org.sallyport.noninterference;

import java.util.List;
import java.util.Map;
import org.sallyport.client.Message;

/** What both twins answered. */
record Comparison(List<Message> zero, List<Message> one) {
    private static final Map<Character, String> NAMES = Map.of(
            'E', "ErrorResponse",
            'N', "NoticeResponse",
            'D', "DataRow",
            'C', "CommandComplete",
            'T', "RowDescription",
            'Z', "ReadyForQuery");

    boolean isLeak() {
        return !zero.equals(one);
    }

    /** Whether the gateway refused any of it. */
    boolean isRefused() {
        return zero.stream().anyMatch(Comparison::isRefusal);
    }

    /** Whether anything failed, by whomever. */
    boolean isFailed() {
        return zero.stream().anyMatch(message -> message.type() == 'E' || message.type() == '-');
    }

    private static boolean isRefusal(Message message) {
        return message.type() == 'E'
                && message.field('D')
                        .filter(detail -> detail.startsWith("Rule \""))
                        .isPresent();
    }

    /** The first answers that differ. */
    String difference() {
        int at = 0;
        while (at < Math.min(zero.size(), one.size()) && zero.get(at).equals(one.get(at))) {
            at++;
        }
        return shown(zero, at) + "\n    " + shown(one, at);
    }

    private static String shown(List<Message> messages, int at) {
        if (at >= messages.size()) {
            return "nothing more";
        }
        Message message = messages.get(at);
        return NAMES.getOrDefault(message.type(), String.valueOf(message.type())) + " "
                + message.payload().replace('\0', '|');
    }
}
