package org.sallyport.contract;

/**
 * Something that is looked for in the values of columns without a label.
 *
 * @param hides whether it is hidden where it is found, or only counted
 */
public record Detector(Sought sought, boolean hides) {}
