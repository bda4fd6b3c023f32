package io.yitong.hub.feed;

/**
 * Bytes that came over a connection and are no whole frame.
 *
 * @param bytes what came, up to 64 KB of it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record BrokenFrame(byte[] bytes, Objection why) {}
