/**
 * That masking holds against somebody who tries: on two databases that differ only in what the masks hide, whatever a restricted
 * identity sends is answered by the same bytes.
 *
 * <p>Reading order: {@link org.sallyport.noninterference.Twins} are the databases behind one gateway, and play a
 * {@link org.sallyport.noninterference.Scene} on both; {@link org.sallyport.noninterference.Generated} is a statement made by chance,
 * a {@link org.sallyport.noninterference.Tree} that {@link org.sallyport.noninterference.Queries} and
 * {@link org.sallyport.noninterference.Changes} grow on what {@link org.sallyport.noninterference.Sample} knows of the schema, and
 * {@link org.sallyport.noninterference.Shrinker} makes small again.
 */
@NullMarked
package org.sallyport.noninterference;

import org.jspecify.annotations.NullMarked;
