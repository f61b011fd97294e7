package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Secret;
import org.sallyport.grant.Outcome;
import org.sallyport.inbound.JobDesk;

/** What a job is told that gives back its grant. */
class JobGrantServletTest {
    private static final String GRANT = "/0d9f4c1e-6f0b-4f0e-9a53-2f8f5f0a7c11";

    private final Map<String, Object> told = new HashMap<>();

    @Test
    void saysThatTheStoreIsAway() throws Exception {
        answer("DELETE", GRANT, () -> {
            throw new EJBException(new RuntimeException(new SQLException("x", "08006")));
        });
        assertThat(told.get("setStatus")).isEqualTo(503);
    }

    @Test
    void saysNothingOfAnUnexpectedFailure() throws Exception {
        answer("DELETE", GRANT, () -> {
            throw new EJBException(new IllegalStateException("secret"));
        });
        assertThat(told.get("setStatus")).isEqualTo(500);
        assertThat(String.valueOf(told.get("body"))).doesNotContain("secret");
    }

    @Test
    void takesOnlyATokenThatIsBelievedAndAGrantOfItsOwn() throws Exception {
        answer("DELETE", GRANT, Optional::empty);
        assertThat(told.get("setStatus")).isEqualTo(401);
        answer("DELETE", GRANT, () -> Optional.of(new Outcome.NotFound()));
        assertThat(told.get("setStatus")).isEqualTo(404);
    }

    @Test
    void knowsNoOtherMethodAndNoOtherPath() throws Exception {
        Supplier<Optional<Outcome>> nobodyAsks = () -> {
            throw new AssertionError("the desk was asked");
        };
        for (String method : new String[] {"GET", "POST", "HEAD", "OPTIONS", "TRACE", "delete"}) {
            answer(method, GRANT, nobodyAsks);
            assertThat(told.get("setStatus")).isEqualTo(405);
        }
        for (String path : new String[] {null, "/", "/x", GRANT + "/", GRANT + "/x", "//", "/\u2028"}) {
            answer("DELETE", path, nobodyAsks);
            assertThat(told.get("setStatus")).as(path).isEqualTo(404);
        }
    }

    private void answer(String method, @Nullable String path, Supplier<Optional<Outcome>> outcome) throws Exception {
        JobGrantServlet servlet = new JobGrantServlet();
        Field desk = JobGrantServlet.class.getDeclaredField("desk");
        desk.setAccessible(true);
        desk.set(servlet, new JobDesk() {
            @Override
            public Optional<Outcome> giveBack(Secret token, UUID grant) {
                return outcome.get();
            }
        });
        told.clear();
        StringWriter body = new StringWriter();
        servlet.service(request(method, path), response(body));
        told.put("body", body);
    }

    private static HttpServletRequest request(String method, @Nullable String path) {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getRequestURI" -> "/jobs/grants" + path;
            case "getHeader" -> "Bearer a.token.here";
            default -> null;
        });
    }

    private HttpServletResponse response(StringWriter body) {
        return fake(HttpServletResponse.class, (name, arguments) -> {
            if (arguments != null && arguments.length == 1) {
                told.put(name, arguments[0]);
            }
            return name.equals("getWriter") ? new PrintWriter(body, true) : null;
        });
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object @Nullable [] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
