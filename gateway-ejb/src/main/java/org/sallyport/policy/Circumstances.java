package org.sallyport.policy;

import java.time.Instant;
import org.sallyport.identity.Identity;

/** What conditions look at: who wants something, where, and when. */
public record Circumstances(Identity identity, String connection, Instant now) {}
