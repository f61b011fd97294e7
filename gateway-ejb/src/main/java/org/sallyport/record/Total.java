package org.sallyport.record;

/** How much somebody asked, or of something was asked, and how much left. */
public record Total(String name, long statements, long refusals, long rows, long bytes) {

    /** What is added up. */
    public enum By {
        IDENTITY("h.identity", "JOIN session h ON h.id = s.session_id"),
        CONNECTION("h.connection", "JOIN session h ON h.id = s.session_id"),
        /** A statement that touches several counts for each of them. */
        LABEL("l.label", "CROSS JOIN LATERAL unnest(s.labels) AS l (label)");

        private final String name;
        private final String join;

        By(String name, String join) {
            this.name = name;
            this.join = join;
        }

        String query() {
            return "SELECT " + name
                    + ", count(*), count(*) FILTER (WHERE s.verdict = 'DENY'), coalesce(sum(o.row_count), 0),"
                    + " coalesce(sum(o.byte_count), 0) AS bytes FROM statement s " + join
                    + " LEFT JOIN outcome o ON o.session_id = s.session_id AND o.number = s.number"
                    + " WHERE s.asked >= ? AND s.asked < ? GROUP BY " + name + " ORDER BY bytes DESC, " + name
                    + " LIMIT ?";
        }
    }
}
