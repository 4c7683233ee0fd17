// What waits for somebody to see to it: a table of which each row is acknowledged by one click, and is gone then.

import { Alert, Button, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { acknowledge, limits } from './routing.ts';

const REFRESH_MS = 3_000;

interface OpenListProps<Row> {
  what: 'deadlines' | 'corrections';
  title: string;
  rows(signal: AbortSignal): Promise<Row[]>;
  columns: readonly { header: string; cell(row: Row): ReactNode }[];
  /** What a row is called to those who cannot see where its button stands. */
  name(row: Row): string;
  /** What is said where there are none. */
  none: string;
}

export function OpenList<Row extends { id: string }>({ what, title, rows, columns, name, none }: OpenListProps<Row>) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [what],
    queryFn: ({ signal }) => rows(signal),
    refetchInterval: REFRESH_MS,
  });
  const seen = useMutation({
    mutationFn: (id: string) => acknowledge(what, id),
    onSuccess: () => client.invalidateQueries({ queryKey: [what] }),
  });
  const problem = error ?? seen.error;
  return (
    <section aria-labelledby={`${what}-title`}>
      <Title order={2} size="h4" mt="lg" id={`${what}-title`}>
        {title}
      </Title>
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem.message}
        </Alert>
      )}
      {data?.length === 0 && <Text c="dimmed">{none}</Text>}
      {data !== undefined && data.length > 0 && (
        <Table aria-labelledby={`${what}-title`}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ header }) => (
                <Table.Th key={header}>{header}</Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((row) => (
              <Table.Tr key={row.id}>
                {columns.map(({ header, cell }) => (
                  <Table.Td key={header}>{cell(row)}</Table.Td>
                ))}
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Acknowledge ${name(row)}`}
                    onClick={() => seen.mutate(row.id)}
                  >
                    Acknowledge
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {data?.length === limits.open && <Text size="sm">and perhaps more</Text>}
    </section>
  );
}
