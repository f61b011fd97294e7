/**
 * Statements that wait for a person.
 *
 * <p>Reading order: {@link org.sallyport.approval.HeldStatement} is what is held; {@link
 * org.sallyport.approval.ApprovalDesk} holds it and hands out a {@link org.sallyport.approval.HeldApproval}, whose {@link
 * org.sallyport.approval.Decision} comes later; {@link org.sallyport.approval.Approver} decides and is told a {@link
 * org.sallyport.approval.Outcome}. {@link org.sallyport.approval.Approval} is what the store remembers, in an {@link
 * org.sallyport.approval.ApprovalState}; {@link org.sallyport.approval.ApprovalStore} moves it from one state to the next,
 * each exactly once. {@link org.sallyport.approval.ApprovalCounter} is where people (API and console) come to.
 *
 * <p>{@code hold}, {@code use} and {@code withdraw} may be called on an event loop: they do not block, the store is asked
 * on the server's managed executor. Everything else blocks for the store's answer and is called on request threads.
 * No thread waits while a statement is held.
 */
@NullMarked
package org.sallyport.approval;

import org.jspecify.annotations.NullMarked;
