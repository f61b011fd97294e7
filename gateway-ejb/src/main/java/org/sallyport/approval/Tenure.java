package org.sallyport.approval;

import java.util.UUID;

/**
 * One life of one node: what it holds when it dies nobody waits for any more.
 *
 * @param node the node's name, the same after a restart
 * @param life new at each start
 */
public record Tenure(String node, UUID life) {}
