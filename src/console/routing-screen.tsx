// Which study goes where: the rules, tried before they are put in force; the destinations, what did not get there or will not in
// time, and copies that have to be corrected.

import { SimpleGrid } from '@mantine/core';
import { CorrectedCopies } from './corrected-copies.tsx';
import { DeadlineAlarms } from './deadline-alarms.tsx';
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
        <DeadlineAlarms />
        <FailedDeliveries />
        <CorrectedCopies />
      </div>
    </SimpleGrid>
  );
}
