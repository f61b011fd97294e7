/**
 * Reading SQL text, without a database at hand.
 *
 * <p>Reading order: {@link org.sallyport.sql.Lexer} and its {@link org.sallyport.sql.Token}s, exact to PostgreSQL's
 * scanner with {@code standard_conforming_strings = on} and a UTF-8 client; {@link org.sallyport.sql.SqlReader}, which
 * makes a {@link org.sallyport.sql.Script} of them; {@link org.sallyport.sql.Reading}, what each statement does as far
 * as its text tells. JSqlParser sees only the neutral text of {@link org.sallyport.sql.CanonicalText}, in which no
 * quoting of the client's survives, and its tree is walked whole by {@link org.sallyport.sql.TreeWalk}.
 *
 * <p>Stateless; called on event loops. What cannot be read is a value, {@link org.sallyport.sql.Reading.Unreadable},
 * never a guess.
 */
@NullMarked
package org.sallyport.sql;

import org.jspecify.annotations.NullMarked;
