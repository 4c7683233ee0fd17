// Which study goes where: the rules, tried before they are put in force; the destinations, and what did not get there.

import { SimpleGrid } from '@mantine/core';
import { DestinationTable } from './destination-table.tsx';
import { FailedDeliveries } from './failed-deliveries.tsx';
import { RuleVersions } from './rule-versions.tsx';
import { RulesEditor } from './rules-editor.tsx';

export default function RoutingScreen() {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <div>
        <RulesEditor />
        <RuleVersions />
      </div>
      <div>
        <DestinationTable />
        <FailedDeliveries />
      </div>
    </SimpleGrid>
  );
}
