package io.fairlead.health.spec;

import java.net.InetAddress;
import java.time.Duration;

/**
 * One thing to probe, however many services share it: equal targets are one. Names are looked up
 * before; a target is always an address.
 */
public record Target(
    InetAddress address,
    int port,
    Check check,
    Duration interval,
    Duration timeout,
    int rise,
    int fall) {}
