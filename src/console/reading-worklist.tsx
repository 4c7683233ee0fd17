// Cases that a reader may know of, the one that is due first on top, each with how much of its time is left.

import { Badge, Button, Progress, Table, Text } from '@mantine/core';
import type { ReadingCaseRow } from './reading.ts';
import { shareLeft, timeLeft } from './time-left.ts';

const colours = { routine: 'gray', urgent: 'yellow', asap: 'orange', stat: 'red' } as const;

interface WorklistProps {
  cases: readonly ReadingCaseRow[];
  onTake(row: ReadingCaseRow): void;
}

export function ReadingWorklist({ cases, onTake }: WorklistProps) {
  if (cases.length === 0) return <Text c="dimmed">No case waits here.</Text>;
  return (
    <Table aria-label="Worklist" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          {['Case', 'Priority', 'Time left', 'Procedure', 'Patient', 'Site', 'Images', 'Priors', 'State', ''].map(
            (name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ),
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cases.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td ff="monospace">{row.id}</Table.Td>
            <Table.Td>
              <Badge color={colours[row.priority]} variant="filled" autoContrast>
                {row.priority}
              </Badge>
            </Table.Td>
            <Table.Td>
              <TimeLeft row={row} />
            </Table.Td>
            <Table.Td>
              {[row.modality, row.bodyRegion ?? row.procedure, row.subspecialty].filter(Boolean).join(' · ')}
            </Table.Td>
            <Table.Td>{[row.patient.sex, row.patient.age].filter((part) => part !== null).join(' ')}</Table.Td>
            <Table.Td>{row.site}</Table.Td>
            <Table.Td>{row.images}</Table.Td>
            <Table.Td>{row.priors}</Table.Td>
            <Table.Td>
              {row.state}
              {row.critical > 0 && <Text size="xs">critical result open</Text>}
            </Table.Td>
            <Table.Td>
              {isTakeable(row) && (
                <Button size="xs" variant="default" aria-label={`Read ${row.id}`} onClick={() => onTake(row)}>
                  Read
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const isTakeable = ({ state }: ReadingCaseRow): boolean =>
  ['ready', 'offered', 'claimed', 'reading', 'parked', 'preliminary', 'over-read'].includes(state);

function TimeLeft({ row }: { row: ReadingCaseRow }) {
  const words = timeLeft(row);
  if (row.minutesLeft === null) return <Text size="sm">{words}</Text>;
  const share = shareLeft(row, Date.now());
  return (
    <>
      <Text size="sm" {...(row.late && { fw: 700 })}>
        {words}
      </Text>
      <Progress
        value={100 * share}
        color={share > 0.5 ? 'green' : share > 0.25 ? 'yellow' : 'red'}
        size="sm"
        aria-label={`Time left for ${row.id}`}
      />
    </>
  );
}
