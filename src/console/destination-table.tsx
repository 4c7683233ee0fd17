// Where studies go: how much waits, what is wrong, and the switch that holds it.

import { Alert, Button, Loader, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Notice } from './notice.tsx';
import { type Destination, destinations, pause } from './routing.ts';

const limits = { refreshMs: 3_000 };

export function DestinationTable() {
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    queryKey: ['destinations'],
    queryFn: ({ signal }) => destinations(signal),
    refetchInterval: limits.refreshMs,
  });
  const pausing = useMutation({
    mutationFn: ({ name, paused }: Destination) => pause(name, !paused),
    onSuccess: () => client.invalidateQueries({ queryKey: ['destinations'] }),
  });
  if (isPending) return <Notice>{<Loader />}</Notice>;
  if (error !== null) return <Notice>{error.message}</Notice>;
  return (
    <section aria-labelledby="destinations-title">
      <Title order={2} size="h4" id="destinations-title">
        Destinations
      </Title>
      {pausing.error !== null && (
        <Alert color="red" role="alert">
          {pausing.error.message}
        </Alert>
      )}
      {data.length === 0 && <Text c="dimmed">None yet: fascia destination add, or fascia peer add.</Text>}
      {data.length > 0 && (
        <Table aria-labelledby="destinations-title">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Waiting</Table.Th>
              <Table.Th>Failed</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((destination) => (
              <Table.Tr key={destination.name}>
                <Table.Th scope="row">{destination.name}</Table.Th>
                <Table.Td>{destination.kind}</Table.Td>
                <Table.Td>{destination.queued}</Table.Td>
                <Table.Td>{destination.failed}</Table.Td>
                <Table.Td>{stateOf(destination)}</Table.Td>
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${destination.paused ? 'Resume' : 'Pause'} ${destination.name}`}
                    onClick={() => pausing.mutate(destination)}
                  >
                    {destination.paused ? 'Resume' : 'Pause'}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function stateOf({ paused, problem, problemSince }: Destination): string {
  if (paused) return 'paused';
  if (problem === null) return 'well';
  return `${problem} since ${new Date(problemSince!).toLocaleString()}`;
}
