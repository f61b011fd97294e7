package org.sallyport.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition of the bundle's in the Common Expression Language (cel-spec): of a role on who asks and when, of a guardrail on what a
 * statement does, too. It ends in bounded time: no loops but over a list's or a claim's members, regular expressions in linear time.
 * Thread-safe.
 *
 * <p>A role's knows {@code identity}, {@code groups}, {@code claims}, {@code connection} and {@code now}; a guardrail's also what
 * {@link StatementFacts} has.
 */
public final class When {

    private static final int LONGEST = 4096;
    private static final int MOST_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxExpressionCodePointSize(LONGEST)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private static final ListType NAMES = ListType.create(SimpleType.STRING);

    private static final CelCompiler OF_ROLES = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("identity", SimpleType.STRING)
            .addVar("groups", NAMES)
            .addVar("claims", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("connection", SimpleType.STRING)
            .addVar("now", SimpleType.TIMESTAMP)
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelCompiler OF_GUARDRAILS = OF_ROLES.toCompilerBuilder()
            .addVar("kinds", NAMES)
            .addVar("relations", NAMES)
            .addVar("changed", NAMES)
            .addVar("columns", NAMES)
            .addVar("functions", NAMES)
            .addVar("unbounded", SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final CelRuntime.Program program;
    private final Set<String> sights;

    private When(String text, CelRuntime.Program program, Set<String> sights) {
        this.text = text;
        this.program = program;
        this.sights = sights;
    }

    /** @throws InvalidCondition with what is wrong, and where in it */
    static When ofRole(String text) throws InvalidCondition {
        return parse(OF_ROLES, text);
    }

    /** @throws InvalidCondition with what is wrong, and where in it */
    static When ofGuardrail(String text) throws InvalidCondition {
        return parse(OF_GUARDRAILS, text);
    }

    private static When parse(CelCompiler compiler, String text) throws InvalidCondition {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            Set<String> sights = CelNavigableAst.fromAst(tree)
                    .getRoot()
                    .allNodes()
                    .filter(node -> node.getKind() == ExprKind.Kind.IDENT)
                    .map(When::sight)
                    .collect(Collectors.toUnmodifiableSet());
            return new When(text, RUNTIME.createProgram(tree), sights);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidCondition(e);
        }
    }

    /** A variable, or the one claim of which it is about. */
    private static String sight(CelNavigableExpr node) {
        String name = node.expr().ident().name();
        return node.parent()
                .filter(parent -> name.equals("claims") && parent.getKind() == ExprKind.Kind.SELECT)
                .map(parent -> Circumstances.CLAIM + parent.expr().select().field())
                .orElse(name);
    }

    /** What it looks at: variables, of single claims {@code claims.name}. */
    Set<String> sights() {
        return sights;
    }

    /** Whether it may hold at one time and not at another. */
    boolean isTimed() {
        return sights.contains("now");
    }

    /**
     * Whether it holds; empty where it cannot be said, as of a claim that the token does not have.
     *
     * @param values of the variables; those are missing that nobody knows
     */
    Optional<Boolean> holds(Map<String, Object> values) {
        try {
            return Optional.of((Boolean) program.eval(values));
        } catch (CelEvaluationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
