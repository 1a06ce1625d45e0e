/** One cluster's AMKO objects are copied to the others, and only one of them at a time does so. */
@org.jspecify.annotations.NullMarked
package io.fairlead.sync.federation;
