package org.sallyport.wire;

/** The peer broke the protocol. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String violation;

    /** @param violation fit for the peer to see; holds none of its data */
    public ProtocolException(String violation) {
        super(violation);
        this.violation = violation;
    }

    public String violation() {
        return violation;
    }
}
