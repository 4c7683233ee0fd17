// Pairs that somebody should look at, one after the other: one person, two, or later. Keys work while the focus is in it, and
// every decision can be taken back.

import { Alert, Button, Group, Kbd, Loader, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { Notice } from './notice.tsx';
import classes from './review.module.css';
import { ReviewList } from './review-list.tsx';
import { ReviewedPair } from './review-pair.tsx';
import { decide, isContested, keyOf, limits, type ReviewPair, reviews, takeBack, type Verdict } from './reviews.ts';

interface Decided {
  pair: ReviewPair;
  verdict: Verdict;
  entry: string;
}

const words: Record<Verdict, string> = { same: 'one person', different: 'two people' };

export default function ReviewScreen() {
  const client = useQueryClient();
  const waiting = useQuery({ queryKey: ['reviews'], queryFn: ({ signal }) => reviews(signal) });
  const [at, setAt] = useState(0);
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [decided, setDecided] = useState<readonly Decided[]>([]);
  const changed = () => client.invalidateQueries({ queryKey: ['reviews'] });
  const deciding = useMutation({
    mutationFn: async ({ pair, verdict }: Omit<Decided, 'entry'>) => ({
      pair,
      verdict,
      entry: await decide(verdict, pair),
    }),
    onSuccess: async (made) => {
      setDecided((before) => [...before, made]);
      await changed();
    },
  });
  const undoing = useMutation({
    mutationFn: ({ entry }: Decided) => takeBack(entry),
    onSuccess: async () => {
      setDecided((before) => before.slice(0, -1));
      await changed();
    },
  });

  if (waiting.isPending) return <Notice>{<Loader />}</Notice>;
  if (waiting.error !== null) return <Notice>{waiting.error.message}</Notice>;
  const isLater = (pair: ReviewPair) => later.has(keyOf(pair));
  const settled = new Set(decided.map(({ pair }) => keyOf(pair)));
  const open = waiting.data.filter((pair) => !settled.has(keyOf(pair)));
  const pairs = [...open.filter((pair) => !isLater(pair)), ...open.filter(isLater)];
  const chosen = Math.min(at, pairs.length - 1);
  const pair = pairs[chosen];
  const last = decided.at(-1);
  const isBusy = deciding.isPending || undoing.isPending;

  const acts: Record<string, (() => void) | undefined> = {
    s: pair && !isContested(pair) ? () => deciding.mutate({ pair, verdict: 'same' }) : undefined,
    d: pair && (() => deciding.mutate({ pair, verdict: 'different' })),
    l: pair && (() => setLater(new Set([...later, keyOf(pair)]))),
    u: last && (() => undoing.mutate(last)),
  };
  // One after the other: a second stroke of a key is not a decision about the next pair.
  const act = (key: string) => !isBusy && acts[key]?.();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || acts[event.key] === undefined) return;
    event.preventDefault();
    act(event.key);
  };
  const failure = deciding.error ?? undoing.error;
  const button = (key: string, label: string, variant: string) => (
    <Button variant={variant} disabled={acts[key] === undefined} onClick={() => act(key)} aria-keyshortcuts={key}>
      {label} <Kbd className={classes.key}>{key.toUpperCase()}</Kbd>
    </Button>
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what has the focus inside are heard here.
    <div className={classes.screen} onKeyDown={onKeyDown}>
      <div>
        <Text size="sm" c="dimmed" mb="xs">
          {waiting.data.length >= limits.pairs ? `${limits.pairs} or more pairs` : `${pairs.length} pairs`}, most harm
          first
        </Text>
        <ReviewList pairs={pairs} chosen={chosen} isLater={isLater} onChoose={setAt} />
      </div>
      <section aria-label="The pair">
        {pair === undefined ? <Text c="dimmed">No pair waits for anybody.</Text> : <ReviewedPair pair={pair} />}
        {pair !== undefined && isContested(pair) && (
          <Alert color="yellow" mt="sm">
            Two people were registered under one number. Whoever gave it out has to part them; until then they stay two.
          </Alert>
        )}
        {failure !== null && (
          <Alert color="red" mt="sm" role="alert">
            {failure.message}
          </Alert>
        )}
        <Group gap="xs" className={classes.acts}>
          {button('s', 'One person', 'filled')}
          {button('d', 'Two people', 'filled')}
          {button('l', 'Later', 'light')}
          {button('u', 'Undo', 'default')}
          <Text size="sm" role="status">
            {last && `Decided: ${words[last.verdict]}.`}
          </Text>
        </Group>
      </section>
    </div>
  );
}
