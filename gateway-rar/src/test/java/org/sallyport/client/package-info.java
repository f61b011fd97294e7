/** A PostgreSQL client that speaks the protocol message by message, for tests that no ordinary client could make. */
@NullMarked
package org.sallyport.client;

import org.jspecify.annotations.NullMarked;
