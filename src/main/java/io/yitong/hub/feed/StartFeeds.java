package io.yitong.hub.feed;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Loads the routes and route templates of camel-routes and makes a route of a template for every
 * feed. What cannot be started is on record and stops nothing else.
 */
@ApplicationScoped
class StartFeeds {
  private static final Logger LOG = Logger.getLogger(StartFeeds.class);

  private final CamelContext camel;
  private final Senders senders;
  private final RegisterInstitutions register;
  private final Path routes;
  private final int threads;
  private final List<FileProblem> problems = new CopyOnWriteArrayList<>();

  StartFeeds(
      CamelContext camel,
      Senders senders,
      RegisterInstitutions register,
      @ConfigProperty(name = "yitong.routes") String routes,
      @ConfigProperty(name = "yitong.feeds.threads") int threads) {
    this.camel = camel;
    this.senders = senders;
    this.register = register;
    this.routes = Path.of(routes);
    this.threads = threads;
  }

  void start(@Observes StartupEvent event) {
    register.register();
    // A connection stays on one thread, so that its messages are answered in order.
    camel
        .getComponent("netty", NettyComponent.class)
        .setExecutorService(new DefaultEventExecutorGroup(threads));
    load(routes.resolve("templates"));
    load(routes);
    senders.all().forEach(this::start);
  }

  List<FileProblem> problems() {
    return List.copyOf(problems);
  }

  private void load(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      files.filter(path -> path.toString().endsWith(".yaml")).sorted().forEach(this::loadFile);
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + folder, e);
    }
  }

  private void loadFile(Path path) {
    try {
      var resource = ResourceHelper.resolveMandatoryResource(camel, "file:" + path);
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    } catch (Exception e) {
      report(path.getFileName().toString(), e);
    }
  }

  private void start(Sender sender) {
    try {
      var route =
          TemplatedRouteBuilder.builder(camel, sender.template())
              .routeId(sender.id().toString())
              .parameter("feed", sender.id().toString());
      sender.port().ifPresent(port -> route.parameter("port", port));
      sender.folder().ifPresent(folder -> route.parameter("folder", folder.toString()));
      route.add();
      LOG.infof("feed=%s template=%s started", sender.id(), sender.template());
    } catch (Exception e) {
      report(sender.id().toString(), e);
    }
  }

  private void report(String file, Exception e) {
    var problem = new FileProblem(file, 0, "未能启动 / not started: " + e.getMessage());
    problems.add(problem);
    LOG.errorf(e, "%s", problem);
  }
}
