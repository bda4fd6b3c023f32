package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.NamingSystems;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may be recognised, and under which conditions; see rules/recognition. Loaded once,
 * immutable. Its version names the files' content: one changed byte is another version.
 */
public final class Catalogue {
  private final String version;
  private final Map<Loinc, Item> items;
  private final Map<String, ChargeItem> chargeItems;
  private final List<Ground> grounds;
  private final List<Scope> scopes;
  private final List<Formula> formulas;
  private final Map<String, SpecimenClass> specimens;

  Catalogue(
      String version,
      List<Item> items,
      List<ChargeItem> chargeItems,
      List<Ground> grounds,
      List<Scope> scopes,
      List<Formula> formulas,
      Map<String, SpecimenClass> specimens) {
    this.version = version;
    this.items = items.stream().collect(Collectors.toMap(Item::loinc, Function.identity()));
    this.chargeItems =
        chargeItems.stream().collect(Collectors.toMap(ChargeItem::code, Function.identity()));
    this.grounds = List.copyOf(grounds);
    this.scopes = scopes.stream().sorted(Comparator.comparingInt(Scope::rank)).toList();
    this.formulas = List.copyOf(formulas);
    this.specimens = Map.copyOf(specimens);
    for (var chargeItem : chargeItems) {
      for (var analyte : chargeItem.analytes()) {
        if (!this.items.containsKey(analyte)) {
          throw new IllegalArgumentException(
              chargeItem.code() + " is made of " + analyte + ", which the catalogue lacks");
        }
      }
    }
  }

  /** The rules shipped with the hub. */
  public static Catalogue load() {
    return new CatalogueFiles().read();
  }

  public String version() {
    return version;
  }

  public Optional<Item> item(Loinc loinc) {
    return Optional.ofNullable(items.get(loinc));
  }

  public Collection<Item> items() {
    return items.values();
  }

  public Collection<ChargeItem> chargeItems() {
    return chargeItems.values();
  }

  public List<Ground> grounds() {
    return grounds;
  }

  public Optional<Ground> ground(String code) {
    return grounds.stream().filter(ground -> ground.code().equals(code)).findFirst();
  }

  /** Narrowest first. */
  public List<Scope> scopes() {
    return scopes;
  }

  public Optional<Scope> scope(String code) {
    return scopes.stream().filter(scope -> scope.code().equals(code)).findFirst();
  }

  /** The class of a specimen as a laboratory writes or codes it. */
  public Optional<SpecimenClass> specimen(String written) {
    return Optional.ofNullable(specimens.get(written.trim().toUpperCase(Locale.ROOT)));
  }

  /** What a line orders; the first of its codes that the catalogue knows. */
  public Optional<ChargeItem> ordered(Order.Line line) {
    return line.codes().stream().flatMap(code -> ordered(code).stream()).findFirst();
  }

  private Optional<ChargeItem> ordered(Order.Code code) {
    return switch (code.system()) {
      case NamingSystems.CHARGE_ITEM -> Optional.ofNullable(chargeItems.get(code.code()));
      case NamingSystems.LOINC -> Loinc.parse(code.code()).flatMap(this::item).map(ChargeItem::of);
      default -> Optional.empty();
    };
  }

  List<Formula> formulas() {
    return formulas;
  }
}
