package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sallyport.record.Position;

/**
 * What a search has found, page by page. What is added meanwhile moves nothing to another page.
 *
 * @param next what to send as {@code after} for the page behind this one; absent at the end
 */
@JsonbPropertyOrder({"items", "size", "next"})
public record Matches<T>(
        List<T> items, int size, @Schema(nullable = true) Optional<String> next) {

    public Matches {
        items = List.copyOf(items);
    }

    static <F, T> Matches<T> of(List<F> found, int size, Function<F, Position> position, Function<F, T> view) {
        Optional<String> next = found.size() < size
                ? Optional.empty()
                : Optional.of(position.apply(found.get(size - 1)).words());
        return new Matches<>(found.stream().map(view).toList(), size, next);
    }
}
