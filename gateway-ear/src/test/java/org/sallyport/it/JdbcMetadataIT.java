package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that pgjdbc can say of a database, it says through the gateway as well. */
@WithGateway
class JdbcMetadataIT {
    /** They say where and as whom the client connected. */
    private static final Set<String> OF_THE_ROUTE = Set.of("getURL", "getUserName", "getConnection");

    private final Gateway gateway;

    JdbcMetadataIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferQueryMode=simple", "prepareThreshold=-1"})
    void describesTheDatabase(String settings) throws Exception {
        String told = Transcript.ofBoth(gateway, "shop", route -> described(route, settings));
        assertThat(told).contains("getDatabaseMajorVersion", "order_items_pkey", "order_items_product");
    }

    /** Who may have the database described is told no less. */
    @Test
    void describesItToAnAgent() throws Exception {
        Agent agent = Agent.in(gateway, "describing-agents");
        String told = Transcript.ofBoth(
                Route.direct(gateway, "shop"), Route.through(gateway, "shop", agent), route -> described(route, ""));
        assertThat(told).contains("order_items_pkey").doesNotContain("permission denied");
    }

    private static String described(Route route, String settings) throws Exception {
        JdbcNotes notes = new JdbcNotes();
        try (Connection connection = route.connect(settings)) {
            for (Method question : questions()) {
                notes.attempt(question.getName(), () -> ask(connection.getMetaData(), question, notes));
            }
        }
        return notes.toString();
    }

    /** All of the driver's, in one order. */
    private static List<Method> questions() {
        return Arrays.stream(DatabaseMetaData.class.getDeclaredMethods())
                .filter(method -> !OF_THE_ROUTE.contains(method.getName()))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
                .toList();
    }

    private static void ask(DatabaseMetaData database, Method question, JdbcNotes notes) throws Exception {
        try {
            Object answer = question.invoke(database, arguments(question));
            if (answer instanceof ResultSet rows) {
                notes.rows(rows);
            } else {
                notes.note(answer);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Of any schema and any catalog; most questions then take the name of a table, {@code getCrossReference} of two. */
    private static @Nullable Object[] arguments(Method question) {
        Class<?>[] types = question.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class) {
                arguments[i] = 1;
            } else if (types[i] == boolean.class) {
                arguments[i] = false;
            } else if (types[i] == String.class) {
                arguments[i] = text(question.getName(), i);
            }
        }
        return arguments;
    }

    private static @Nullable String text(String question, int position) {
        if (question.equals("getProcedures") || question.startsWith("getFunction")) {
            return position == 2 ? "order_total" : null;
        }
        return switch (position) {
            case 2 -> "order_items";
            case 5 -> "orders";
            default -> null;
        };
    }
}
