/**
 * The background quality score: what institutions write, through feeds or the API, is held to its
 * profiles afterwards, by sample, so that no sender waits for it.
 */
package io.yitong.hub.oversight.score;
