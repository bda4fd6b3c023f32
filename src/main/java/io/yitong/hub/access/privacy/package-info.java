/**
 * De-identification (PIPL; GB/T 37964): what of a record leaves the region's care for regulators
 * and research. Profiles are data (rules/privacy); what a profile does not name is removed.
 */
package io.yitong.hub.access.privacy;
