// Every version that the rules have had; one of before can be put in force again.

import { Alert, Button, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { activate, inForce, versions } from './routing.ts';

export function RuleVersions() {
  const client = useQueryClient();
  const rules = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => inForce(signal) });
  const all = useQuery({
    queryKey: ['rules', 'versions', rules.data?.version],
    queryFn: ({ signal }) => versions(signal),
  });
  const activating = useMutation({
    mutationFn: activate,
    onSuccess: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  if (!all.data?.length) return null;
  return (
    <section aria-labelledby="versions-title">
      <Title order={2} size="h4" mt="lg" id="versions-title">
        Versions
      </Title>
      {activating.error !== null && (
        <Alert color="red" role="alert">
          {activating.error.message}
        </Alert>
      )}
      <Table aria-labelledby="versions-title">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Version</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>Written</Table.Th>
            <Table.Th>In force</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {all.data.map(({ version, author, createdAt }) => (
            <Table.Tr key={version}>
              <Table.Th scope="row">{version}</Table.Th>
              <Table.Td>{author}</Table.Td>
              <Table.Td>{new Date(createdAt).toLocaleString()}</Table.Td>
              <Table.Td>
                {version === rules.data?.version ? (
                  'now'
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={activating.isPending}
                    aria-label={`Put version ${version} in force again`}
                    onClick={() => activating.mutate(version)}
                  >
                    Again
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
