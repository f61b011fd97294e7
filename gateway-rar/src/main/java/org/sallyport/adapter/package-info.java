/**
 * The JCA resource adapter: its life cycle, its activation and the way of a question into the application.
 *
 * <p>Reading order: {@link org.sallyport.adapter.GatewayResourceAdapter} binds a listener for each activation, described by
 * {@link org.sallyport.adapter.GatewayActivationSpec}; {@link org.sallyport.adapter.EndpointListener} carries the sessions'
 * questions to the message endpoint with the caller's identity established by {@link org.sallyport.adapter.CallerWork}.
 *
 * <p>Called by the server on its own threads; {@code EndpointListener} on network event loops.
 */
@NullMarked
package org.sallyport.adapter;

import org.jspecify.annotations.NullMarked;
