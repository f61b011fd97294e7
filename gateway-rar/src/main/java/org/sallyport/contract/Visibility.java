package org.sallyport.contract;

/** How much of a permitted statement's results the client may see, the freest first. */
public enum Visibility {
    /** Everything: results pass as opaque bytes. */
    CLEAR,
    /** What {@link GatewayListener#shape} says, result by result; errors and notices pass. */
    SCREENED,
    /**
     * What {@link GatewayListener#shape} says, result by result; errors and notices lose everything that could carry a
     * value.
     */
    SHAPED
}
