/**
 * The HTTP API for machines and scripts: approvals, sessions, holds, purges, health.
 *
 * <p>Reading order: {@link org.sallyport.api.Api} names the application and its roles; {@link
 * org.sallyport.api.ApprovalResource}, {@link org.sallyport.api.SessionResource}, {@link org.sallyport.api.StatementResource},
 * {@link org.sallyport.api.ResultResource}, {@link org.sallyport.api.TotalsResource}, {@link org.sallyport.api.HoldResource} and
 * {@link org.sallyport.api.PurgeResource} answer; {@link org.sallyport.api.SessionExport} writes what is taken away; {@link
 * org.sallyport.api.ApprovalView}, {@link org.sallyport.api.SessionView}, {@link org.sallyport.api.StatementView} and {@link
 * org.sallyport.api.Listing} are what they show; {@link org.sallyport.api.Health} says whether clients are served; {@link org.sallyport.api.Problem} is every refusal and failure, made by
 * the mappers and by {@link org.sallyport.api.ProblemServlet}.
 *
 * <p>Runs on the server's request threads, which may wait for the store.
 */
@NullMarked
package org.sallyport.api;

import org.jspecify.annotations.NullMarked;
