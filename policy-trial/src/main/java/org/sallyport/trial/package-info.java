/**
 * Tests a policy on a developer's machine: {@link org.sallyport.trial.Main} is a command of its own, which decides by the same code as the
 * gateway, and asks a database with the same tables.
 *
 * <p>Nothing here is called by the gateway.
 */
@NullMarked
package org.sallyport.trial;

import org.jspecify.annotations.NullMarked;
