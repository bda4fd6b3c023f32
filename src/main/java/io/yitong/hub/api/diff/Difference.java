package io.yitong.hub.api.diff;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The FHIRPath Patch that makes one resource of another of its type. In lists, what is equal at
 * their beginnings and ends stays; what lies between is compared one by one, the rest inserted or
 * deleted. Of an element, nothing is deleted before all that is new is in: one that is empty for a
 * moment would be gone.
 */
final class Difference {
  private static final Set<String> THE_HUBS = Set.of("versionId", "lastUpdated");

  private final PatchText patch;
  private final boolean withMeta;

  private Difference(PatchText patch, boolean withMeta) {
    this.patch = patch;
    this.withMeta = withMeta;
  }

  /**
   * Id, version and time are never told.
   *
   * @param withMeta whether the rest of meta is
   */
  static byte[] between(ResourceJson from, ResourceJson to, boolean withMeta) {
    var patch = new PatchText(to.bytes());
    new Difference(patch, withMeta).children(from.root(), to.root(), from.root().type(), true);
    return patch.write();
  }

  private void children(Element from, Element to, String path, boolean isRoot) {
    var names = new LinkedHashSet<String>();
    from.children().forEach(child -> names.add(child.name()));
    to.children().forEach(child -> names.add(child.name()));
    if (isRoot) {
      names.remove("id");
      if (!withMeta) {
        names.remove("meta");
      }
    }
    if (path.endsWith(".meta")) {
      names.removeAll(THE_HUBS);
    }
    var gone = new ArrayList<String>();
    for (var name : names) {
      var before = from.children(name);
      var after = to.children(name);
      var repeats = (before.isEmpty() ? after : before).get(0).place().repeats();
      var here = path + "." + name;
      if (before.isEmpty()) {
        for (var i = 0; i < after.size(); i++) {
          added(path, name, after.get(i), repeats ? here + "[" + i + "]" : here);
        }
      } else if (after.isEmpty()) {
        for (var i = before.size() - 1; i >= 0; i--) {
          gone.add(repeats ? here + "[" + i + "]" : here);
        }
      } else if (repeats) {
        list(before, after, here);
      } else {
        one(before.get(0), after.get(0), here, false);
      }
    }
    gone.forEach(patch::delete);
  }

  private void list(List<Element> before, List<Element> after, String path) {
    var start = 0;
    while (start < Math.min(before.size(), after.size())
        && isEqual(before.get(start), after.get(start))) {
      start++;
    }
    var end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && isEqual(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
      end++;
    }
    var old = before.size() - start - end;
    var now = after.size() - start - end;
    for (var i = start; i < start + Math.min(old, now); i++) {
      one(before.get(i), after.get(i), path + "[" + i + "]", true);
    }
    for (var i = start + old; i < start + now; i++) {
      tellable(after.get(i), path);
      patch.insert(path, i, after.get(i));
      extensions(after.get(i), path + "[" + i + "]");
    }
    for (var i = start + old - 1; i >= start + now; i--) {
      patch.delete(path + "[" + i + "]");
    }
  }

  private void one(Element from, Element to, String path, boolean isInList) {
    if (isEqual(from, to)) {
      return;
    }
    if (!from.type().equals(to.type())) {
      tellable(to, path);
      patch.replace(path, to);
      extensions(to, path);
    } else if (to.definition().isPrimitive() && !from.value().equals(to.value())) {
      tellable(to, path);
      patch.replace(path, to);
      if (isInList) {
        children(from, to, path, false); // of a list's item, what stands beside the value stays
      } else {
        extensions(to, path);
      }
    } else {
      children(from, to, path, false);
    }
  }

  private void added(String path, String name, Element value, String there) {
    tellable(value, there);
    patch.add(path, name, value);
    extensions(value, there);
  }

  /** What the value in the patch could not hold: ids and extensions of primitives. */
  private void extensions(Element value, String path) {
    if (PatchText.isWhole(value)) {
      return;
    }
    var isPrimitive = value.definition().isPrimitive();
    var names = new LinkedHashSet<String>();
    value.children().forEach(child -> names.add(child.name()));
    for (var name : names) {
      var children = value.children(name);
      for (var i = 0; i < children.size(); i++) {
        var child = children.get(i);
        var there = path + "." + name + (child.place().repeats() ? "[" + i + "]" : "");
        if (isPrimitive) {
          added(path, name, child, there);
        } else {
          tellable(child, there);
          extensions(child, there);
        }
      }
    }
  }

  /** A primitive without a value, which has extensions only, can be put nowhere by a patch. */
  private static void tellable(Element value, String path) {
    if (value.definition().isPrimitive() && value.value().isEmpty()) {
      throw new HubException(ErrorCode.DIFFERENCE_NOT_TELLABLE, path, path);
    }
  }

  private static boolean isEqual(Element one, Element other) {
    if (!one.type().equals(other.type()) || !one.value().equals(other.value())) {
      return false;
    }
    var names = new LinkedHashSet<String>();
    one.children().forEach(child -> names.add(child.name()));
    other.children().forEach(child -> names.add(child.name()));
    for (var name : names) {
      var mine = one.children(name);
      var others = other.children(name);
      if (mine.size() != others.size()) {
        return false;
      }
      for (var i = 0; i < mine.size(); i++) {
        if (!isEqual(mine.get(i), others.get(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
