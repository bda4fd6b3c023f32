/** Counts of the region's persons for those who must not see a person: {@code $aggregate}. */
package io.yitong.hub.oversight.aggregate;
