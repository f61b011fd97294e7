package org.sallyport.inbound;

import java.util.List;
import java.util.Set;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.SettingChanges;
import org.sallyport.sql.Statement;

/** What a text does to the path on which its session looks names up. */
sealed interface PathEffect {
    /** The path may have the role's own schema in it, and has only those that the role may use. */
    Set<String> DECIDE_PATH = Set.of("search_path", "role", "session_authorization");

    /** The session has the path that it had. */
    record None() implements PathEffect {}

    /**
     * The session has this path afterwards.
     *
     * @param schemas none for the path that sessions begin with
     */
    record To(List<String> schemas) implements PathEffect {
        public To {
            schemas = List.copyOf(schemas);
        }
    }

    /** Nobody can tell which path the session has afterwards. */
    record Lost() implements PathEffect {}

    /** Only a SET or RESET that stands alone can be followed: what stands beside it would run under another path than it was read. */
    static PathEffect of(Script script) {
        List<Statement> statements = script.statements();
        if (statements.stream().noneMatch(PathEffect::mayChange)) {
            return new None();
        }
        boolean followed = statements.size() == 1
                && statements.get(0).reading() instanceof Reading.Setting setting
                && setting.namesPath();
        return followed ? new To(((Reading.Setting) statements.get(0).reading()).values()) : new Lost();
    }

    /** Whether its session may look names up elsewhere afterwards. */
    static boolean mayChange(Statement statement) {
        boolean all =
                statement.kinds().contains("RESET ALL") || statement.kinds().contains("DISCARD ALL");
        return all || SettingChanges.of(statement).mayBeOf(DECIDE_PATH);
    }
}
