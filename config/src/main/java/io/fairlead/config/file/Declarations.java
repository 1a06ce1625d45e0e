package io.fairlead.config.file;

import io.fairlead.config.file.key.Catalog;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Section;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.TopologySpec;
import java.util.List;

/**
 * What a service can refer to.
 *
 * @param placesOfClients whether a database says where clients are
 * @param clientSubnet what holds for a service that does not say
 * @param asnConditions conditions that ask for autonomous systems, which a database may not know
 */
record Declarations(
    Declared sites,
    Declared monitors,
    Catalog<ClientGroup> clientGroups,
    Catalog<TopologySpec> topologies,
    boolean placesOfClients,
    boolean clientSubnet,
    List<Section> asnConditions) {}
