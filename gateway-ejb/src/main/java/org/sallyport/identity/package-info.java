/**
 * Who is calling: tokens are verified here and become identities.
 *
 * <p>{@link org.sallyport.identity.Identity} is what the rest of the application knows of a caller.
 */
@NullMarked
package org.sallyport.identity;

import org.jspecify.annotations.NullMarked;
