// What persons decided of procedures, the newest first, each of which can be taken back.

import { Alert, Button, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { inWords } from './procedure-fields.ts';
import { answers, takeBack } from './procedures.ts';

export function ProcedureAnswers() {
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['answers'], queryFn: ({ signal }) => answers(signal) });
  const takingBack = useMutation({
    mutationFn: takeBack,
    onSuccess: () => client.invalidateQueries({ queryKey: ['answers'] }),
  });
  const problem = error ?? takingBack.error;
  if (problem !== null) {
    return (
      <Alert color="red" mt="lg" role="alert">
        {problem.message}
      </Alert>
    );
  }
  if (data === undefined || data.length === 0) return null;
  return (
    <>
      <Title order={2} size="h4" mt="lg" id="answers-title">
        What was decided
      </Title>
      <Table aria-labelledby="answers-title">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Studies that say</Table.Th>
            <Table.Th>are</Table.Th>
            <Table.Th>How many</Table.Th>
            <Table.Th>By whom</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map(({ id, input, procedure, studies, author, answeredAt, retractedAt, retractedBy }) => (
            <Table.Tr key={id}>
              <Table.Td>{input.studyDescription || 'nothing'}</Table.Td>
              <Table.Td>{inWords(procedure)}</Table.Td>
              <Table.Td>{studies}</Table.Td>
              <Table.Td>
                {author}, {new Date(answeredAt).toLocaleString()}
              </Table.Td>
              <Table.Td>
                {retractedAt !== null && `taken back by ${retractedBy}`}
                {retractedAt === null && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Take back ${input.studyDescription || 'nothing'}`}
                    onClick={() => takingBack.mutate(id)}
                  >
                    Take back
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
