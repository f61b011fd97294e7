package org.sallyport.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition of the bundle's on who asks and when, in the Common Expression Language (cel-spec). It ends in bounded time: no loops but over a list's or a
 * claim's members, regular expressions in linear time. Thread-safe.
 *
 * <p>It knows {@code identity}, {@code groups}, {@code claims}, {@code connection} and {@code now}.
 */
public final class When {

    private static final int LONGEST = 4096;
    private static final int MOST_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxExpressionCodePointSize(LONGEST)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("identity", SimpleType.STRING)
            .addVar("groups", ListType.create(SimpleType.STRING))
            .addVar("claims", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("connection", SimpleType.STRING)
            .addVar("now", SimpleType.TIMESTAMP)
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final CelRuntime.Program program;
    private final boolean timed;

    private When(String text, CelRuntime.Program program, boolean timed) {
        this.text = text;
        this.program = program;
        this.timed = timed;
    }

    /** @throws InvalidCondition with what is wrong, and where in it */
    static When parse(String text) throws InvalidCondition {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
            boolean timed = tree.getReferenceMap().values().stream()
                    .map(CelReference::name)
                    .anyMatch("now"::equals);
            return new When(text, RUNTIME.createProgram(tree), timed);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidCondition(e);
        }
    }

    /** Whether it may hold at one time and not at another. */
    boolean isTimed() {
        return timed;
    }

    /** Whether it holds; empty where it cannot be said, as of a claim that the token does not have. */
    Optional<Boolean> holds(Circumstances circumstances) {
        try {
            return Optional.of((Boolean) program.eval(values(circumstances)));
        } catch (CelEvaluationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> values(Circumstances circumstances) {
        return Map.of(
                "identity", circumstances.identity().name(),
                "groups", List.copyOf(circumstances.identity().groups()),
                "claims", plain(circumstances.identity().claims()),
                "connection", circumstances.connection(),
                "now", circumstances.now());
    }

    /** What CEL takes for a value; claims of other types are as if they were not there. */
    private static Map<String, Object> plain(Map<?, ?> claims) {
        Map<String, Object> plain = new LinkedHashMap<>();
        claims.forEach((name, value) -> plain(value).ifPresent(known -> plain.put(String.valueOf(name), known)));
        return plain;
    }

    private static Optional<Object> plain(Object value) {
        if (value instanceof Date date) {
            return Optional.of(Instant.ofEpochMilli(date.getTime()));
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> plain(item).ifPresent(items::add));
            return Optional.of(items);
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(plain(map));
        }
        return value instanceof String || value instanceof Boolean ? Optional.of(value) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
