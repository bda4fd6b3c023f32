package io.yitong.hub.record.index;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.index.IndexEntries.OfGroup;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Takes the elements that a composite parameter is about, each with all its parts. */
final class GroupEntries {
  private GroupEntries() {}

  static List<OfGroup> of(SearchParameter parameter, Element resource) {
    var composite = parameter.composite().orElseThrow();
    var entries = new ArrayList<OfGroup>();
    for (var group : composite.groups()) {
      for (var element : group.of(resource)) {
        entries.add(entry(parameter, composite, element, resource));
      }
    }
    return entries;
  }

  private static OfGroup entry(
      SearchParameter parameter, Composite composite, Element group, Element resource) {
    var values = new ValueCollector();
    var ranges = new HashMap<Integer, OfQuantity>();
    var texts = new HashMap<Integer, String>();
    var units = new ArrayList<Long>();
    for (var i = 0; i < composite.components().size(); i++) {
      var component = composite.components().get(i);
      var found = component.path().of(composite.outside().contains(i) ? resource : group);
      switch (component.kind()) {
        case NUMBER, QUANTITY -> {
          for (var value : found) {
            var quantity = QuantityValue.of(value).map(q -> q.entry(component.code()));
            if (quantity.isPresent()) {
              ranges.put(i, quantity.get());
              units.addAll(keys(component, quantity.get()));
            }
          }
        }
        case DATE -> {
          var place = i;
          ValueCollector.dates(found)
              .reduce(DateRange::union)
              .ifPresent(range -> ranges.put(place, seconds(component, range)));
        }
        case STRING -> {
          var place = i;
          found.stream()
              .flatMap(value -> value.value().stream())
              .findFirst()
              .ifPresent(text -> texts.put(place, NormalisedText.of(text)));
        }
        default -> values.add(component, found);
      }
    }
    var keys =
        LongStream.concat(LongStream.of(values.keys()), units.stream().mapToLong(Long::longValue))
            .toArray();
    return new OfGroup(parameter.code(), keys, ranges, texts);
  }

  /** The units that a component may be asked for in, as keys of that component. */
  private static List<Long> keys(SearchParameter component, OfQuantity quantity) {
    var keys = new ArrayList<Long>();
    quantity.units().forEach(unit -> keys.add(component.hash() ^ unit));
    if (quantity.base() != 0) {
      keys.add(component.hash() ^ quantity.base());
    }
    return keys;
  }

  private static OfQuantity seconds(SearchParameter component, DateRange range) {
    var span = new Span(Optional.of(seconds(range.low())), Optional.of(seconds(range.high())));
    return new OfQuantity(component.code(), span, span, 0, 0, List.of());
  }

  private static BigDecimal seconds(Instant moment) {
    return BigDecimal.valueOf(moment.toEpochMilli(), 3);
  }
}
