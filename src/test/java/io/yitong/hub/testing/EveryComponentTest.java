package io.yitong.hub.testing;

import io.quarkus.test.common.QuarkusTestResource;

/** What every {@code @QuarkusTest} of this project runs on; found by Quarkus wherever it stands. */
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestIssuer.class)
final class EveryComponentTest {
  private EveryComponentTest() {}
}
