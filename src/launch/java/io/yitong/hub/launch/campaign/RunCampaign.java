package io.yitong.hub.launch.campaign;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Stack;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds a campaign by its name and runs it. */
public final class RunCampaign {
  private RunCampaign() {}

  /**
   * @param words the campaign's name, then what it takes
   */
  public static boolean run(Stack stack, List<String> words, PrintStream out) {
    var all = ServiceLoader.load(Campaign.class).stream().map(ServiceLoader.Provider::get).toList();
    var campaign =
        all.stream()
            .filter(each -> !words.isEmpty() && each.name().equals(words.get(0)))
            .findFirst()
            .orElseThrow(
                () ->
                    new LaunchFailure(
                        all.stream()
                            .map(each -> "  %-12s %s".formatted(each.name(), each.purpose()))
                            .collect(Collectors.joining("\n", "Which campaign?\n", ""))));
    try {
      return campaign.run(stack, words.subList(1, words.size()), out);
    } catch (LaunchFailure e) {
      throw e;
    } catch (Exception e) {
      throw new LaunchFailure("The campaign %s broke off: %s".formatted(campaign.name(), e), e);
    }
  }
}
