package org.sallyport.contract;

/** ReadyForQuery's transaction status indicator. */
public enum TransactionStatus {
    IDLE,
    IN_TRANSACTION,
    FAILED
}
