/**
 * Profile validation. The library's validator takes seconds and some 200 MB to make and
 * milliseconds a resource: it is made when first needed, and kept off the way of writes that do not
 * ask for it (docs/decisions/0003).
 */
package io.yitong.hub.fhir.profile;
