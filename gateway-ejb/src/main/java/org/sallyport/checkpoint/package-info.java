/**
 * Signed checkpoints: what a journal was at a time, said so that nobody without the key can say it, and kept where whoever may change
 * the store cannot reach.
 *
 * <p>Reading order: {@link org.sallyport.checkpoint.Checkpoint} is what is said; {@link org.sallyport.checkpoint.CheckpointSigner} says
 * it, with the key of a key store, and {@link org.sallyport.checkpoint.CheckpointKeys} knows who did;
 * {@link org.sallyport.checkpoint.Notary} has one recorded whenever one is due. Each {@link org.sallyport.checkpoint.Anchor} keeps
 * them elsewhere, as {@link org.sallyport.checkpoint.AnchorLine}s: {@link org.sallyport.checkpoint.FileAnchor},
 * {@link org.sallyport.checkpoint.LogAnchor} and {@link org.sallyport.checkpoint.WebhookAnchor};
 * {@link org.sallyport.checkpoint.Anchoring} tries until it has. {@link org.sallyport.checkpoint.CheckpointSettings} are the operator's.
 *
 * <p>A notary is called by one thread now and then, anchors by a thread of their own: signing takes a millisecond, and other storage
 * as long as it likes.
 */
@NullMarked
package org.sallyport.checkpoint;

import org.jspecify.annotations.NullMarked;
