// What did not arrive and will not be tried again by itself, with the reason; sent again by one click.

import { Alert, Anchor, Button, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failed, limits, replay } from './routing.ts';

const REFRESH_MS = 3_000;

export function FailedDeliveries() {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['failed'],
    queryFn: ({ signal }) => failed(signal),
    refetchInterval: REFRESH_MS,
  });
  const replaying = useMutation({
    mutationFn: replay,
    onSuccess: () =>
      Promise.all(['failed', 'destinations'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <section aria-labelledby="failed-title">
      <Group mt="lg" justify="space-between">
        <Title order={2} size="h4" id="failed-title">
          Not delivered
        </Title>
        {data !== undefined && data.length > 0 && (
          <Button size="compact-sm" loading={replaying.isPending} onClick={() => replaying.mutate({})}>
            Send all again
          </Button>
        )}
      </Group>
      <Text size="sm" role="status">
        {replaying.data && `${replaying.data.queued} are sent again.`}
      </Text>
      {replaying.error !== null && (
        <Alert color="red" role="alert">
          {replaying.error.message}
        </Alert>
      )}
      {data?.length === 0 && <Text c="dimmed">Everything arrived, or is on its way.</Text>}
      {data !== undefined && data.length > 0 && (
        <Table aria-labelledby="failed-title">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Study</Table.Th>
              <Table.Th>To</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ id, studyInstanceUid, sopInstanceUid, destination, problem, reason }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Anchor href={`/look/${studyInstanceUid}`} size="sm">
                    {sopInstanceUid}
                  </Anchor>
                </Table.Td>
                <Table.Td>{destination}</Table.Td>
                <Table.Td>{reason ?? problem}</Table.Td>
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Send ${sopInstanceUid} to ${destination} again`}
                    onClick={() => replaying.mutate({ destination, instance: sopInstanceUid })}
                  >
                    Again
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {data?.length === limits.failed && <Text size="sm">and perhaps more</Text>}
    </section>
  );
}
