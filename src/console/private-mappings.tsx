// What private elements mean: proposals with their evidence, which a person accepts or refuses, and takes either back.

import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  actsOn,
  decideMapping,
  evidenceInWords,
  lookForMappings,
  type MappingAct,
  type MappingStanding,
  mappingStanding,
  type Proposed,
} from './mappings.ts';
import classes from './review.module.css';
import { percent } from './waterfall.tsx';

const REFRESH_MS = 3_000;

export function PrivateMappings() {
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: ['mappings'] });
  const { data, error } = useQuery({
    queryKey: ['mappings'],
    queryFn: ({ signal }) => mappingStanding(signal),
    refetchInterval: (query) => (query.state.data?.looking ? REFRESH_MS : false),
  });
  const looking = useMutation({ mutationFn: lookForMappings, onSettled: changed });
  const deciding = useMutation({
    mutationFn: ({ act, row }: { act: MappingAct; row: Proposed }) => decideMapping(act, row),
    onSettled: changed,
  });
  const isLooking = looking.isPending || data?.looking === true;
  const problem = error ?? looking.error ?? deciding.error;
  const rows = data?.proposals ?? [];
  return (
    <>
      <Title order={2} size="h4" mt="lg" id="mappings-title">
        Private elements
      </Title>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" disabled={isLooking} onClick={() => looking.mutate()}>
          Look what they mean
        </Button>
        <Text size="sm" role="note" aria-label="Mappings">
          {isLooking ? 'The newest series are being looked at.' : data && toldOf(data)}
        </Text>
      </Group>
      {problem !== null && (
        <Alert color="red" mt="xs" role="alert">
          {problem.message}
        </Alert>
      )}
      {rows.length > 0 && (
        <table className={classes.said} aria-labelledby="mappings-title">
          <thead>
            <tr>
              <th scope="col">Element</th>
              <th scope="col">means</th>
              <th scope="col">How sure</th>
              <th scope="col">Evidence</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.element} ${row.attribute}`}>
                <td>{row.element}</td>
                <td>{row.attribute}</td>
                <td>{percent(row.confidence)}</td>
                <td>
                  {evidenceInWords(row.evidence)}
                  {row.decidedBy !== null && `; ${row.state} by ${row.decidedBy}`}
                </td>
                <td>
                  <Group gap={4}>
                    {actsOn[row.state].map(([act, label]) => (
                      <Button
                        key={act}
                        size="compact-xs"
                        variant={act === 'accept' && row.trusted ? 'filled' : 'default'}
                        disabled={deciding.isPending}
                        aria-label={`${label} ${row.attribute} for ${row.element}`}
                        onClick={() => deciding.mutate({ act, row })}
                      >
                        {label}
                      </Button>
                    ))}
                  </Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function toldOf({ version, proposals }: MappingStanding): string {
  const open = proposals.filter(({ state }) => state === 'open').length;
  const inForce = version === 0 ? 'Nothing was accepted yet' : `Version ${version} is in force`;
  return `${inForce}; ${open} ${open === 1 ? 'proposal is' : 'proposals are'} open.`;
}
