package org.sallyport.trial;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.sallyport.inbound.Explanation;
import org.sallyport.policy.PolicyCase;

/** Puts the tests of a policy to it, and tells of each what came of it. */
final class PolicyTrial {
    private final Function<PolicyCase, Explanation> explainer;
    private final PrintStream out;

    /** @param out of the caller, who closes it */
    PolicyTrial(Function<PolicyCase, Explanation> explainer, PrintStream out) {
        this.explainer = explainer;
        this.out = out;
    }

    /** How many failed. */
    int run(List<PolicyCase> cases) {
        int failed = 0;
        for (PolicyCase test : cases) {
            failed += isAsExpected(test) ? 0 : 1;
        }
        out.println(cases.size() + " tests, " + failed + " failed");
        return failed;
    }

    private boolean isAsExpected(PolicyCase test) {
        Explanation explanation;
        try {
            explanation = explainer.apply(test);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            out.println("FAILED  " + test.name() + " (" + test.place() + "): cannot be decided: " + cause.getMessage());
            return false;
        }
        Explanation.Decision decision = explanation.decision();
        boolean expected = decision.verdict().equals(test.verdict())
                && test.rule().map(decision.rule()::equals).orElse(true);
        if (expected) {
            out.println("ok      " + test.name());
        } else {
            String rule = test.rule().map(name -> " by " + name).orElse("");
            out.println("FAILED  " + test.name() + " (" + test.place() + "): expected " + test.verdict() + rule
                    + ", was " + decision.verdict() + " by " + decision.rule());
            explain(explanation);
        }
        return expected;
    }

    private void explain(Explanation explanation) {
        out.println("          roles: " + String.join(", ", explanation.roles()));
        for (Explanation.Facts facts : explanation.statements()) {
            out.println("          " + String.join(", ", facts.kinds()) + ", told by " + facts.source()
                    + facts.unread()
                            .map(reason -> ", not understood: " + reason)
                            .orElse(""));
            facts.relations().forEach(use -> out.println("            " + words(use)));
        }
        explanation.steps().forEach(step -> out.println("          " + step.rule() + ": " + step.says()));
        explanation.decision().detail().ifPresent(detail -> out.println("          " + detail));
    }

    private static String words(Explanation.Use use) {
        StringBuilder words = new StringBuilder(use.relation());
        if (use.reads()) {
            words.append(" read").append(list(use.columns()));
        }
        use.changes()
                .forEach((change, columns) -> words.append(' ').append(change).append(list(columns)));
        return words.toString();
    }

    private static String list(List<String> columns) {
        return columns.isEmpty() ? "" : "(" + String.join(", ", columns) + ")";
    }
}
