// What other rules would have changed.

import { Anchor, Paper, Table, Text } from '@mantine/core';
import type { DryRun } from '../routing/dry-run.ts';
import { limits } from './routing.ts';

const words = { begins: 'would go there', ends: 'would no longer go there', differs: 'would go otherwise' } as const;

export function DryRunResult({ run }: { run: DryRun }) {
  const shown = run.changes.slice(0, limits.changes);
  const leftOff = run.changesLeftOff + run.changes.length - shown.length;
  return (
    <Paper withBorder p="sm" mt="sm" role="status">
      <Text fw={600}>
        {run.changedStudies} of {run.studies} studies would go elsewhere or otherwise
      </Text>
      <Table captionSide="top" withRowBorders={false}>
        <Table.Caption>Deliveries by destination</Table.Caption>
        <Table.Tbody>
          {Object.entries(run.destinations).map(([name, { before, after }]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                {before} → {after}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {undecidedOf(run).map((rule) => (
        <Text key={rule} size="sm">
          {rule}: for some studies it cannot be decided, and does not apply
        </Text>
      ))}
      {shown.map(({ studyUid, destination, kind, what }) => (
        <Text key={`${studyUid} ${destination} ${kind}`} size="sm">
          <Anchor href={`/look/${studyUid}`}>{studyUid}</Anchor> {words[kind]}: {destination}
          {what.length > 0 && ` (${what.join('; ')})`}
        </Text>
      ))}
      {leftOff > 0 && <Text size="sm">and {leftOff} more</Text>}
    </Paper>
  );
}

const undecidedOf = ({ rules }: DryRun): string[] =>
  Object.entries(rules).flatMap(([rule, { after }]) => (after.undecided > 0 ? [rule] : []));
