package org.sallyport.noninterference;

/** What a {@link Tree} is made of. */
sealed interface Part permits Part.Word, Tree {
    String sql();

    /** Text that stays as it is. */
    record Word(String sql) implements Part {}
}
