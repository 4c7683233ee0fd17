// By which version of the model procedures are read, and learning from what persons decided: what comes of it, and what speaks
// against it.

import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { learn, type ModelStanding, standing } from './procedures.ts';

const REFRESH_MS = 3_000;

export function ProcedureLearning() {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['procedure-models'],
    queryFn: ({ signal }) => standing(signal),
    refetchInterval: (query) => (query.state.data?.training ? REFRESH_MS : false),
  });
  const learning = useMutation({
    mutationFn: learn,
    // Another model reads what is doubtful again.
    onSettled: () =>
      Promise.all(
        ['procedure-models', 'doubtful', 'weighed'].map((what) => client.invalidateQueries({ queryKey: [what] })),
      ),
  });
  const isLearning = learning.isPending || data?.training === true;
  return (
    <>
      <Group gap="xs" mt="lg">
        <Button size="compact-sm" variant="default" disabled={isLearning} onClick={() => learning.mutate()}>
          Learn from the answers
        </Button>
        <Text size="sm" role="note" aria-label="Model">
          {isLearning ? 'A version is being trained and tried.' : data && toldOf(data)}
        </Text>
      </Group>
      {learning.error !== null && (
        <Alert color="yellow" mt="xs" role="alert">
          {learning.error.message}
        </Alert>
      )}
    </>
  );
}

function toldOf({ inForce, versions: [newest] }: ModelStanding): string {
  const by = inForce === 0 ? 'the version that is shipped' : `version ${inForce}`;
  const isRefused = newest !== undefined && newest.version > inForce && newest.objections.length > 0;
  const refused = isRefused ? ` Version ${newest.version} is not used: ${newest.objections.join('; ')}.` : '';
  return `Procedures are read by ${by}.${refused}`;
}
