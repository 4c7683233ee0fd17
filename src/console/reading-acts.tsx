// What is done to a case besides reading it: parked with a question, given back, refused, flagged as critical. Each says why.

import { Alert, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { act, type ReadingCaseRow } from './reading.ts';

interface ActsProps {
  row: ReadingCaseRow;
  onDone(sentence: string): void;
  onChanged(): void;
}

const acts = {
  park: {
    label: 'Park',
    reasons: [
      'question-to-site',
      'priors-needed',
      'images-incomplete',
      'history-missing',
      'second-opinion',
      'interrupted',
    ],
  },
  'give-back': { label: 'Give back', reasons: ['shift-over', 'out-of-scope', 'interrupted', 'workstation-fault'] },
  reject: { label: 'Cannot be read', reasons: ['undiagnostic', 'wrong-side', 'wrong-patient', 'out-of-scope'] },
} as const;
type Act = keyof typeof acts;

/** As the log may hold it: no words of the report. */
const CODE = /^[A-Za-z0-9._-]{1,64}(\^[A-Za-z0-9-]{1,16})?$/;

const said: Record<Act, string> = { park: 'parked', 'give-back': 'given back', reject: 'returned to the site' };

export function ReadingActs({ row, onDone, onChanged }: ActsProps) {
  const [reasons, setReasons] = useState<Partial<Record<Act, string | null>>>({});
  const [finding, setFinding] = useState('');
  const [category, setCategory] = useState<string | null>('1');
  const acting = useMutation({
    mutationFn: ({ name, body }: { name: Act | 'critical'; body: object }) => act(row.id, name, body),
    onSuccess: (_, { name }) => {
      if (name !== 'critical') return onDone(`${row.id} is ${said[name]}.`);
      setFinding('');
      return onChanged();
    },
  });
  return (
    <>
      <Group gap="xs" mt="md" aria-label="Critical result" role="group" align="end">
        <Select
          size="xs"
          w={150}
          label="Critical result"
          data={[
            { value: '1', label: 'within minutes' },
            { value: '2', label: 'within hours' },
            { value: '3', label: 'within days' },
          ]}
          value={category}
          onChange={setCategory}
        />
        <TextInput
          size="xs"
          label="Finding, as a code"
          placeholder="RID4710^RADLEX"
          value={finding}
          onChange={(event) => setFinding(event.currentTarget.value)}
        />
        <Button
          size="xs"
          color="red"
          disabled={!CODE.test(finding) || category === null}
          loading={acting.isPending}
          onClick={() => acting.mutate({ name: 'critical', body: { category: Number(category), finding } })}
        >
          Tell somebody
        </Button>
        {row.critical > 0 && <Text size="sm">{row.critical} not acknowledged</Text>}
      </Group>
      <Group gap="xs" mt="md">
        {(Object.keys(acts) as Act[]).map((name) => (
          <Group key={name} gap={4}>
            <Select
              size="xs"
              w={160}
              placeholder="Reason"
              aria-label={`Reason: ${acts[name].label}`}
              data={[...acts[name].reasons]}
              value={reasons[name] ?? null}
              onChange={(reason) => setReasons({ ...reasons, [name]: reason })}
            />
            <Button
              size="xs"
              variant="default"
              disabled={!reasons[name]}
              onClick={() => acting.mutate({ name, body: { reason: reasons[name] } })}
            >
              {acts[name].label}
            </Button>
          </Group>
        ))}
      </Group>
      {acting.error !== null && (
        <Alert color="red" mt="sm" role="alert">
          {acting.error.message}
        </Alert>
      )}
    </>
  );
}
