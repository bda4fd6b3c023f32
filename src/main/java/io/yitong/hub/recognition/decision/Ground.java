package io.yitong.hub.recognition.decision;

/**
 * A statutory ground for repeating an examination that could be recognised (国卫医发〔2022〕6号).
 *
 * @param textRequired the doctor must add a text
 */
public record Ground(String code, String chinese, String english, boolean textRequired) {}
