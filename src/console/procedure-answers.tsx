// What persons decided of procedures, the newest first, each of which can be taken back.

import { Alert, Button, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { inWords } from './procedure-fields.ts';
import { answers, takeBack } from './procedures.ts';
import classes from './review.module.css';

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
      <table className={classes.said} aria-labelledby="answers-title">
        <thead>
          <tr>
            <th scope="col">Studies that say</th>
            <th scope="col">are</th>
            <th scope="col">How many</th>
            <th scope="col">By whom</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {data.map(({ id, input, procedure, studies, author, answeredAt, retractedAt, retractedBy }) => (
            <tr key={id}>
              <td>{input.studyDescription || 'nothing'}</td>
              <td>{inWords(procedure)}</td>
              <td>{studies}</td>
              <td>
                {author}, {new Date(answeredAt).toLocaleString()}
              </td>
              <td>
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
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
