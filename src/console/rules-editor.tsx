// The rules as text. Faults are told with their lines while somebody writes; what has no faults is tried on the studies of the
// last days, and only what has been tried can be put in force.

import { Alert, Button, Group, Loader, NumberInput, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DryRun } from '../routing/dry-run.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { Notice } from './notice.tsx';
import {
  type Destination,
  destinations,
  dryRun,
  inForce,
  putInForce,
  type RulesInForce,
  readText,
  textOf,
} from './routing.ts';

const limits = { days: 3650, usualDays: 7, rows: 20 };

export function RulesEditor() {
  const rules = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => inForce(signal) });
  const known = useQuery({ queryKey: ['destinations'], queryFn: ({ signal }) => destinations(signal) });
  if (rules.isPending || known.isPending) return <Notice>{<Loader />}</Notice>;
  const error = rules.error ?? known.error;
  if (error !== null) return <Notice>{error.message}</Notice>;
  // What somebody else put in force meanwhile is another text to begin with.
  return <Editor key={rules.data?.version ?? 0} rules={rules.data!} known={known.data!} />;
}

function Editor({ rules, known }: { rules: RulesInForce | null; known: readonly Destination[] }) {
  const client = useQueryClient();
  const inForceText = useMemo(() => textOf(rules), [rules]);
  const [text, setText] = useState(inForceText);
  const [days, setDays] = useState(limits.usualDays);
  const [tried, setTried] = useState<{ text: string; run: DryRun }>();
  const read = useMemo(
    () =>
      readText(
        text,
        known.map(({ name }) => name),
      ),
    [text, known],
  );
  const trying = useMutation({
    mutationFn: async () => ({ text, run: await dryRun(documentOf(read), days) }),
    onSuccess: setTried,
  });
  const putting = useMutation({
    mutationFn: () => putInForce(documentOf(read)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  const isTried = tried?.text === text;
  const failure = trying.error ?? putting.error;
  const faults = 'faults' in read ? read.faults : [];

  return (
    <section aria-labelledby="rules-title">
      <Title order={2} size="h4" id="rules-title">
        Rules
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {rules === null
          ? 'There are none: nothing is sent anywhere.'
          : `Version ${rules.version}, in force since ${new Date(rules.inForceSince).toLocaleString()}, by ${rules.author}`}
      </Text>
      <Textarea
        aria-label="Rules as YAML"
        aria-invalid={faults.length > 0}
        aria-describedby="rules-faults"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        rows={limits.rows}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      />
      <div id="rules-faults" role="status">
        {faults.length > 0 && (
          <Alert color="yellow" mt="xs" title={faults.length === 1 ? 'One fault' : `${faults.length} faults`}>
            {faults.map(({ line, text: said }) => (
              <Text key={`${line} ${said}`} size="sm">
                {line !== undefined && `Line ${line}: `}
                {said}
              </Text>
            ))}
          </Alert>
        )}
      </div>
      <Group mt="sm" align="end">
        <NumberInput
          label="Days to try them on"
          min={0}
          max={limits.days}
          value={days}
          onChange={(value) => setDays(Number(value))}
          w={160}
        />
        <Button
          variant="default"
          disabled={faults.length > 0}
          loading={trying.isPending}
          onClick={() => trying.mutate()}
        >
          Try
        </Button>
        <Button
          disabled={!isTried || text === inForceText}
          loading={putting.isPending}
          onClick={() => putting.mutate()}
        >
          Put in force
        </Button>
        {!isTried && text !== inForceText && (
          <Text size="sm" c="dimmed">
            What is to be in force is tried first.
          </Text>
        )}
      </Group>
      {failure !== null && (
        <Alert color="red" mt="sm" role="alert">
          {failure.message}
        </Alert>
      )}
      {isTried && <DryRunResult run={tried.run} />}
    </section>
  );
}

function documentOf(read: ReturnType<typeof readText>) {
  if ('faults' in read) throw new Error('the rules have faults');
  return read.document;
}
