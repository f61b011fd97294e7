/**
 * What a statement means, told by the server that will run it.
 *
 * <p>Reading order: {@link org.sallyport.meaning.Meaning}, the facts; {@link org.sallyport.meaning.Reader}, which asks for them;
 * {@link org.sallyport.meaning.MeaningReader}, which finds them in PostgreSQL's own tree of the statement, read by
 * {@link org.sallyport.meaning.TreeReader}, which knows the trees' syntax and none of their nodes; {@link org.sallyport.meaning.Flow},
 * where columns go, and {@link org.sallyport.meaning.FlowReader}, which follows them.
 *
 * <p>Blocks where it asks; the reading itself is pure.
 */
@NullMarked
package org.sallyport.meaning;

import org.jspecify.annotations.NullMarked;
