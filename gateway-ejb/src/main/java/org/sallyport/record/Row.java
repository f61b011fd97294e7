package org.sallyport.record;

/**
 * One entity on its way into the store.
 *
 * @param maybeThere whether an earlier attempt may have stored it without our learning of it
 */
public record Row(Object entity, boolean maybeThere) {}
