package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param page counts from 0
 * @param next the page after this one; absent at the end
 */
@JsonbPropertyOrder({"items", "page", "size", "next"})
public record Listing<T>(
        List<T> items,
        int page,
        int size,
        @Schema(nullable = true) Optional<Integer> next) {

    public Listing {
        items = List.copyOf(items);
    }

    static <T> Listing<T> of(List<T> items, Window window) {
        boolean full = items.size() == window.size();
        return new Listing<>(
                items, window.page(), window.size(), full ? Optional.of(window.page() + 1) : Optional.empty());
    }
}
