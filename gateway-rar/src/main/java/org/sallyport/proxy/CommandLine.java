package org.sallyport.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.wire.StartupPacket.Parameter;

/**
 * The start-up parameter {@code options}, read as PostgreSQL reads it (manual, "Shell Interaction"): arguments divided by
 * white space, a backslash before what is meant as it stands, {@code -c name=value} or {@code --name=value}.
 *
 * @param settings what is set, in order
 * @param fault    the first argument that is none of these; null where all are
 */
record CommandLine(List<Parameter> settings, @Nullable Refusal fault) {
    /** White space to C's isspace, which is narrower than Java's. */
    private static final String SPACE = " \t\n\u000b\f\r";

    CommandLine {
        settings = List.copyOf(settings);
    }

    static CommandLine parse(String options) {
        List<Parameter> settings = new ArrayList<>();
        Deque<String> arguments = new ArrayDeque<>(split(options));
        Refusal fault = null;
        while (fault == null && !arguments.isEmpty()) {
            fault = take(arguments, settings);
        }
        return new CommandLine(settings, fault);
    }

    /** Takes one setting off the arguments; returns what is wrong with it. */
    private static @Nullable Refusal take(Deque<String> arguments, List<Parameter> settings) {
        String argument = arguments.remove();
        if (argument.equals("--")) {
            return arguments.isEmpty() ? null : unreadable(arguments.remove());
        }
        boolean separate = argument.equals("-c");
        boolean setting = argument.startsWith("-c") || argument.startsWith("--");
        if (!setting || separate && arguments.isEmpty()) {
            return unreadable(argument);
        }
        String assignment = separate ? arguments.remove() : argument.substring(2);
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            return Refusal.of("42601", (argument.startsWith("--") ? "--" : "-c ") + assignment + " requires a value");
        }
        String name = assignment.substring(0, equals).replace('-', '_');
        settings.add(new Parameter(name, assignment.substring(equals + 1)));
        return null;
    }

    private static Refusal unreadable(String argument) {
        return Refusal.of(
                "42601",
                "invalid command-line argument for server process: " + argument,
                "Rule \"start-up\": of the start-up parameter \"options\" only settings are taken.",
                "Write settings as -c name=value or --name=value.");
    }

    private static List<String> split(String options) {
        List<String> arguments = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < options.length() && SPACE.indexOf(options.charAt(at)) >= 0) {
                at++;
            }
            if (at == options.length()) {
                return arguments;
            }
            StringBuilder argument = new StringBuilder();
            for (; at < options.length() && SPACE.indexOf(options.charAt(at)) < 0; at++) {
                if (options.charAt(at) == '\\' && ++at == options.length()) {
                    break;
                }
                argument.append(options.charAt(at));
            }
            arguments.add(argument.toString());
        }
    }
}
