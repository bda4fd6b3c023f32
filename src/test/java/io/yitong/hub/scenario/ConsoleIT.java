package io.yitong.hub.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as people see it: real Chromium, Keycloak's form, the demonstration's patient. */
class ConsoleIT {
  private static final Path PICTURES = Path.of("target/console");
  private static final Pattern PATIENT_NUMBER = Pattern.compile("CQ[0-9]{8}");

  private static final ScenarioStack SCENARIO = ScenarioStack.get();
  private static Playwright playwright;
  private static Browser chromium;
  private static String patientNumber;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void play_the_story_and_open_the_browser() {
    var told = new ByteArrayOutputStream();
    var story =
        new Demo(SCENARIO.stack(), new PrintStream(told, true, StandardCharsets.UTF_8))
            .play(new Random().nextInt(1_000_000), Optional.empty());
    assertThat(story).isEmpty();
    var number = PATIENT_NUMBER.matcher(told.toString(StandardCharsets.UTF_8));
    assertThat(number.find()).isTrue();
    patientNumber = number.group();

    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(installed())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void close_the_browser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open_a_window() {
    context =
        chromium.newContext(
            new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("zh-CN"));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  @AfterEach
  void close_the_window() {
    context.close();
  }

  @Test
  void a_doctor_sees_the_patients_results_with_those_of_the_partner_hub_in_both_languages() {
    signIn("doctor");
    assertThat(element("region")).hasText("重庆市");
    assertThat(element("user")).hasText("李明");

    find(patientNumber);
    assertThat(element("patient")).containsText(patientNumber);
    assertThat(element("partner").first()).containsText("项结果");
    assertThat(element("chart").locator("canvas")).isVisible();
    assertThat(drawn()).isTrue();
    assertThat(element("partner-mark").first()).hasText("合作平台");
    var chinese = element("analyte-name").textContent();
    picture("results-zh");

    element("language-en").click();
    assertThat(element("nav-results")).containsText("Results");
    assertThat(element("region")).hasText("Chongqing");
    assertThat(element("partner-mark").first()).hasText("Partner hub");
    assertThat(element("analyte-name")).not().hasText(chinese);
    picture("results-en");
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_patient_of_nobody_here_is_not_found() {
    signIn("doctor");
    find("none-such");
    assertThat(page.getByText("没有可查看的患者")).isVisible();
    assertThat(complaints).isEmpty();
  }

  @Test
  void an_operator_sees_the_feeds_and_no_patients() {
    signIn("operator");
    assertThat(element("feed").filter(containing("重庆大学城医院（示例）")).first()).containsText("已入库");
    assertThat(element("nav-results")).hasCount(0);
    picture("feeds-zh");

    element("language-en").click();
    assertThat(element("feed").filter(containing("Chongqing University Town Hospital")).first())
        .containsText("Accepted");
    picture("feeds-en");
    assertThat(complaints).isEmpty();
  }

  @Test
  void signing_out_leads_back_to_the_form() {
    signIn("operator");
    page.getByTitle("退出登录").click();
    assertThat(page.locator("#username")).isVisible();
    page.navigate(console());
    assertThat(page.locator("#username")).isVisible();
  }

  @Test
  void tokens_are_out_of_reach_of_scripts() {
    signIn("doctor");
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    assertThat(context.cookies())
        .filteredOn(cookie -> cookie.name.startsWith("q_session"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.httpOnly);
    assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").toString())
        .doesNotContain("eyJ");
  }

  private void signIn(String user) {
    page.navigate(console());
    page.locator("#username").fill(user);
    page.locator("#password").fill(SCENARIO.password(Region.CHONGQING, user));
    page.locator("#kc-login").click();
    assertThat(element("user")).isVisible();
    complaints.clear(); // Keycloak's own pages are not ours to judge
  }

  private void find(String number) {
    page.locator("input[name=patient]").fill(number);
    element("find").click();
  }

  /** Whether the canvas has anything but background on it. */
  private boolean drawn() {
    return (Boolean)
        page.evaluate(
            """
            () => {
              const canvas = document.querySelector('[data-test=chart] canvas')
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
              return data.some((part, index) => index % 4 === 3 && part !== 0)
            }""");
  }

  private Locator element(String name) {
    return page.locator("[data-test=" + name + "]");
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private void picture(String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  private static String console() {
    return SCENARIO.hub(Region.CHONGQING) + "/console/";
  }

  private static Path installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium; ./yitong test installs it"));
  }
}
