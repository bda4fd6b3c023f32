package io.yitong.hub.record.search.criteria;

import io.yitong.hub.record.index.SearchParameter;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What a resource must meet to be found: names looked up, modifiers known, values still text with
 * the escapes of FHIR R4, 3.1.1.4.0.1.
 */
public sealed interface Condition {
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Not(Condition condition) implements Condition {}

  /**
   * @param values alternatives
   */
  record Valued(SearchParameter parameter, Modifier modifier, List<String> values)
      implements Condition {
    public Valued {
      values = List.copyOf(values);
    }

    public Valued with(SearchParameter other) {
      return new Valued(other, modifier, values);
    }
  }

  record Missing(SearchParameter parameter, boolean missing) implements Condition {}

  /**
   * The reference leads to a resource that meets the condition of its type (3.1.1.4.4).
   *
   * @param targets the types looked into, each with what is asked there
   */
  record Chain(SearchParameter reference, Map<ResourceType, Condition> targets)
      implements Condition {
    public Chain {
      targets = Map.copyOf(targets);
    }
  }

  /**
   * Something refers here, by a reference of its own type, that meets the condition (3.1.1.4.5).
   */
  record Has(SearchParameter reference, Condition source) implements Condition {}

  /** Has one of these ids. */
  record Ids(List<String> ids) implements Condition {
    public Ids {
      ids = List.copyOf(ids);
    }
  }

  /**
   * @param values dates with prefixes, alternatives
   */
  record Updated(List<String> values) implements Condition {
    public Updated {
      values = List.copyOf(values);
    }
  }

  /** Is an entry of one of these Lists (3.1.1.4.2). */
  record Listed(List<String> lists) implements Condition {
    public Listed {
      lists = List.copyOf(lists);
    }
  }

  /**
   * Holds every word of one of the texts.
   *
   * @param everywhere in any of its texts ({@code _content}), not in the narrative only ({@code
   *     _text})
   */
  record Worded(boolean everywhere, List<String> texts) implements Condition {
    public Worded {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Belongs to a compartment: one of the references leads to its focus.
   *
   * @param focus {@code Patient/1}
   * @param itself whether the type is the focus's own
   */
  record Within(List<SearchParameter> references, String focus, boolean itself)
      implements Condition {
    public Within {
      references = List.copyOf(references);
    }
  }
}
