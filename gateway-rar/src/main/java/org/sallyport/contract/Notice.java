package org.sallyport.contract;

import java.util.Optional;

/**
 * A NoticeResponse of severity NOTICE.
 *
 * @param hint what the client's user may do next
 */
public record Notice(String message, Optional<String> detail, Optional<String> hint) {}
