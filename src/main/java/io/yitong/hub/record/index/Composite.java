package io.yitong.hub.record.index;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a composite parameter is made of (FHIR R4, 3.1.1.4.13).
 *
 * @param groups the repeated elements in which all parts must be met together; each has rows in
 *     {@code index_group}
 * @param components one for each part of a value, keys and all; their paths start from a group, or
 *     from the resource where the part stands outside the groups
 * @param outside places, from 0, of the components whose paths start from the resource
 * @param ofResource the ordinary parameters that answer, one for each part, where the resource
 *     itself is the element meant; empty where it is not
 */
public record Composite(
    List<ElementPath> groups,
    List<SearchParameter> components,
    Set<Integer> outside,
    List<SearchParameter> ofResource) {
  public Composite {
    groups = List.copyOf(groups);
    components = List.copyOf(components);
    outside = Set.copyOf(outside);
    ofResource = List.copyOf(ofResource);
  }

  /**
   * @param composite its path leads to the elements meant
   * @param parts the parameters it is said to be composed of
   * @param all of the resource type
   */
  static Composite of(
      SearchParameter composite, List<SearchParameter> parts, Collection<SearchParameter> all) {
    var groups =
        composite.path().parts().stream()
            .filter(group -> !(group instanceof ElementPath.Root))
            .toList();
    var components =
        IntStream.range(0, parts.size())
            .mapToObj(
                i -> {
                  var part = parts.get(i);
                  return SearchParameter.of(
                      part.type(),
                      composite.name() + "$" + i,
                      part.kind(),
                      inGroup(part, groups),
                      part.targets());
                })
            .toList();
    return new Composite(
        groups,
        components,
        IntStream.range(0, parts.size())
            .filter(
                i -> groups.stream().allMatch(group -> parts.get(i).path().within(group).isEmpty()))
            .boxed()
            .collect(Collectors.toSet()),
        groups.size() == composite.path().parts().size()
            ? List.of()
            : parts.stream().map(part -> outside(part, groups, all)).toList());
  }

  private static ElementPath inGroup(SearchParameter part, List<ElementPath> groups) {
    return groups.stream()
        .flatMap(group -> part.path().within(group).stream())
        .findFirst()
        .orElse(part.path());
  }

  /** The parameter for what a part finds outside the groups: of combo-code it is code. */
  private static SearchParameter outside(
      SearchParameter part, List<ElementPath> groups, Collection<SearchParameter> all) {
    var outside =
        new HashSet<>(
            part.path().parts().stream()
                .filter(path -> groups.stream().allMatch(group -> path.within(group).isEmpty()))
                .toList());
    return all.stream()
        .filter(parameter -> parameter.kind() == part.kind())
        .filter(parameter -> new HashSet<>(parameter.path().parts()).equals(outside))
        .findFirst()
        .orElse(part);
  }
}
