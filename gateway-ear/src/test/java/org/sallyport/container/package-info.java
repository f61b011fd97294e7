/**
 * The beans, tested inside a Liberty server by Arquillian: what only a container can show, such as injection, transactions
 * and roles. {@link org.sallyport.container.InContainer} marks a test class.
 */
@NullMarked
package org.sallyport.container;

import org.jspecify.annotations.NullMarked;
