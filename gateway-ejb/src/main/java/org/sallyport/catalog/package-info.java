/**
 * What the names in a database stand for: snapshots of PostgreSQL's own catalogs.
 *
 * <p>Reading order: {@link org.sallyport.catalog.Catalog} and {@link org.sallyport.catalog.Relation};
 * {@link org.sallyport.catalog.Dependencies}; {@link org.sallyport.catalog.Ties}; {@link org.sallyport.catalog.CatalogReader};
 * {@link org.sallyport.catalog.Catalogs}, which keeps the newest.
 *
 * <p>Called by {@code inbound}: snapshots on any thread, loading on threads that may block.
 */
@NullMarked
package org.sallyport.catalog;

import org.jspecify.annotations.NullMarked;
