package io.yitong.hub.identity;

/**
 * A Patient's tie to a person.
 *
 * @param certain by a checked resident ID; a link by the institution's number alone ties the
 *     Patient to a person of its own and says nothing about others
 */
public record PersonLink(PersonId person, boolean certain) {}
