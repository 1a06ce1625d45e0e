package io.fairlead.config.file;

import io.fairlead.config.file.key.Catalog;
import io.fairlead.config.file.key.Declared;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.TopologySpec;

/**
 * What a service can refer to.
 *
 * @param placesOfClients whether a database says where clients are
 * @param clientSubnet what holds for a service that does not say
 */
record Declarations(
    Declared sites,
    Declared monitors,
    Catalog<ClientGroup> clientGroups,
    Catalog<TopologySpec> topologies,
    boolean placesOfClients,
    boolean clientSubnet) {}
