/**
 * A resource as it was sent: its bytes, and over them a tree that knows the type of every element.
 * What the API stores is those bytes with id and meta put in, so nothing is parsed into a model and
 * written out again.
 */
package io.yitong.hub.fhir.json;
