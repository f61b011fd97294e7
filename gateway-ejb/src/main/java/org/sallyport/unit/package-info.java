/** Quantities as operators write them. */
@NullMarked
package org.sallyport.unit;

import org.jspecify.annotations.NullMarked;
