@NullMarked
package org.sallyport.export;

import org.jspecify.annotations.NullMarked;
