/**
 * The background quality score: what institutions' feeds bring is held to its profiles afterwards,
 * by sample, so that no sender waits for it. Writers of the API have {@code $validate} and
 * policies.
 */
package io.yitong.hub.oversight.score;
