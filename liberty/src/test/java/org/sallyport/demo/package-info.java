@NullMarked
package org.sallyport.demo;

import org.jspecify.annotations.NullMarked;
