/** Holds the directions between modules and packages. Surefire runs it, without a server. */
@NullMarked
package org.sallyport.architecture;

import org.jspecify.annotations.NullMarked;
