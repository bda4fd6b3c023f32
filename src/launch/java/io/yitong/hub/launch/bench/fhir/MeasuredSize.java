package io.yitong.hub.launch.bench.fhir;

import java.util.List;

/** All figures at one size. */
record MeasuredSize(int patients, long resources, List<Measured> rows) {}
