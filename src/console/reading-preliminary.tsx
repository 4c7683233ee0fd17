// The preliminary report beside an over-reading: asked for once the over-reader has written what they found, which stays on record.

import { Alert, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { textOf } from '../reading/content/content-text.ts';
import { compare } from './reading.ts';

export interface PreliminaryProps {
  id: string;
  /** Resolves once what is on the screen is saved. */
  save(): Promise<unknown>;
}

export function ReadingPreliminary({ id, save }: PreliminaryProps) {
  const comparing = useMutation({
    mutationFn: async () => {
      await save();
      return compare(id);
    },
  });
  const preliminary = comparing.data?.findLast(({ status }) => status === 'preliminary');
  return (
    <section aria-label="Preliminary report">
      {preliminary === undefined && (
        <Button size="xs" variant="default" loading={comparing.isPending} onClick={() => comparing.mutate()}>
          Compare with the preliminary report
        </Button>
      )}
      {comparing.error !== null && (
        <Alert color="red" mt="sm" role="alert">
          {comparing.error.message}
        </Alert>
      )}
      {preliminary !== undefined && (
        <Text size="sm" component="pre" style={{ whiteSpace: 'pre-wrap' }}>
          {textOf(preliminary.content)}
        </Text>
      )}
    </section>
  );
}
