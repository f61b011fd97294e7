/**
 * PostgreSQL's own regression suite, once directly and once through the packaged gateway, with every difference accounted for
 * in docs/fidelity.md.
 *
 * <p>In reading order: {@link org.sallyport.regress.RegressionSuite}, the comparison; {@link org.sallyport.regress.PgRegress},
 * the suite and the program that runs it; Guarded, a cluster with or without the gateway before it; InstalledEngine, the
 * cluster's server; Differences, what came out differently. It runs with {@code -Pregress} only.
 */
@NullMarked
package org.sallyport.regress;

import org.jspecify.annotations.NullMarked;
