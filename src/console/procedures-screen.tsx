// Studies of which nobody is sure what was done, one after the other: what each says, how it is read and why that is doubted,
// and what it may be. An answer holds for all that say the same, teaches the next model, and can be taken back.

import { Alert, Button, Group, Kbd, Loader, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { Decisions } from '../normalize/procedures/procedure.ts';
import { Notice } from './notice.tsx';
import { OptionList } from './option-list.tsx';
import { PrivateMappings } from './private-mappings.tsx';
import { ProcedureAnswers } from './procedure-answers.tsx';
import { type Chosen, chosenOf, decisionsOf, inWords, nextCandidate, procedureFields } from './procedure-fields.ts';
import { ProcedureLearning } from './procedure-learning.tsx';
import {
  type Answer,
  answer,
  type DoubtfulProcedure,
  doubtfulProcedures,
  limits,
  takeBack,
  weighed,
} from './procedures.ts';
import classes from './review.module.css';
import { ReviewedProcedure } from './reviewed-procedure.tsx';
import { SeriesReview } from './series-review.tsx';
import { percent } from './waterfall.tsx';

interface Decided {
  doubt: DoubtfulProcedure;
  decisions: Decisions;
  answer: Answer;
}

const keyOf = ({ says }: DoubtfulProcedure): string => says;

export default function ProceduresScreen() {
  const client = useQueryClient();
  const waiting = useQuery({ queryKey: ['doubtful'], queryFn: ({ signal }) => doubtfulProcedures(signal) });
  const [at, setAt] = useState(0);
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [changes, setChanges] = useState<Readonly<Record<string, Partial<Chosen>>>>({});
  const [decided, setDecided] = useState<readonly Decided[]>([]);
  // What was taken back is read again some seconds later: until then only this page knows that it is open.
  const [reopened, setReopened] = useState<readonly DoubtfulProcedure[]>([]);
  const changed = () =>
    Promise.all(['doubtful', 'answers'].map((what) => client.invalidateQueries({ queryKey: [what] })));
  const deciding = useMutation({
    mutationFn: async ({ doubt, decisions }: Omit<Decided, 'answer'>) => ({
      ...{ doubt, decisions },
      answer: await answer(doubt.studyInstanceUid, decisions),
    }),
    onSuccess: async (made) => {
      setDecided((before) => [...before, made]);
      await changed();
    },
  });
  const undoing = useMutation({
    mutationFn: (last: Decided) => takeBack(last.answer.id),
    onSuccess: async (_, { doubt }) => {
      setDecided((before) => before.filter((each) => each.doubt.says !== doubt.says));
      setReopened((before) => [doubt, ...before]);
      await changed();
    },
  });

  const settled = new Set(decided.map(({ doubt }) => doubt.says));
  const told = waiting.data ?? [];
  const isTold = new Set(told.map(keyOf));
  const open = [...reopened.filter(({ says }) => !isTold.has(says)), ...told].filter(({ says }) => !settled.has(says));
  const isLater = ({ says }: DoubtfulProcedure) => later.has(says);
  const doubts = [...open.filter((each) => !isLater(each)), ...open.filter(isLater)];
  const chosenAt = Math.min(at, doubts.length - 1);
  const doubt = doubts[chosenAt];
  const about = useQuery({
    queryKey: ['weighed', doubt?.says],
    queryFn: ({ signal }) => weighed(doubt!.studyInstanceUid, signal),
    enabled: doubt !== undefined,
  });
  if (waiting.isPending) return <Notice>{<Loader />}</Notice>;
  if (waiting.error !== null) return <Notice>{waiting.error.message}</Notice>;

  const study = doubt && about.data;
  const chosen = study && { ...chosenOf(study.procedure), ...changes[doubt.says] };
  const decisions = chosen && decisionsOf(chosen);
  const last = decided.at(-1);
  const isBusy = deciding.isPending || undoing.isPending;
  const choose = (says: string, change: Partial<Chosen>) =>
    setChanges((before) => ({ ...before, [says]: { ...before[says], ...change } }));

  const acts: Record<string, (() => void) | undefined> = {
    a: decisions && (() => deciding.mutate({ doubt, decisions })),
    l: doubt && (() => setLater(new Set([...later, doubt.says]))),
    u: last && (() => undoing.mutate(last)),
    ...(study &&
      chosen &&
      Object.fromEntries(
        procedureFields.map((field) => [
          field.key,
          () => choose(doubt.says, { [field.name]: nextCandidate(field, study, chosen[field.name]) }),
        ]),
      )),
  };
  // One after the other: a second stroke of a key is not an answer about the next study.
  const act = (key: string) => !isBusy && acts[key]?.();
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || acts[event.key] === undefined) return;
    event.preventDefault();
    act(event.key);
  };
  const failure = deciding.error ?? undoing.error ?? about.error;
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
          {doubts.length} to decide, of the newest {limits.studies} studies that are not sure
        </Text>
        <OptionList label="Procedures to review" items={doubts} keyOf={keyOf} chosen={chosenAt} onChoose={setAt}>
          {(each) => (
            <>
              <span className={classes.names}>{each.description || 'Nothing is said'}</span>
              <span className={classes.why}>
                {percent(each.confidence)} · {each.read || 'not read'} · {each.alike}{' '}
                {each.alike === 1 ? 'study' : 'studies'}
                {isLater(each) && ' · later'}
              </span>
            </>
          )}
        </OptionList>
      </div>
      <section aria-label="The study">
        {doubt === undefined && <Text c="dimmed">No study waits for anybody.</Text>}
        {doubt !== undefined && about.isPending && <Loader />}
        {study && chosen && (
          <ReviewedProcedure
            doubt={doubt}
            study={study}
            chosen={chosen}
            onChoose={(change) => choose(doubt.says, change)}
          />
        )}
        {failure !== null && (
          <Alert color="red" mt="sm" role="alert">
            {failure.message}
          </Alert>
        )}
        <Group gap="xs" className={classes.acts}>
          {button('a', 'Answer', 'filled')}
          {button('l', 'Later', 'light')}
          {button('u', 'Undo', 'default')}
          <Text size="sm" role="status">
            {last && `Decided: ${inWords(last.decisions)}, for ${last.answer.studies} studies.`}
          </Text>
        </Group>
        <ProcedureAnswers />
        <ProcedureLearning />
        <SeriesReview />
        <PrivateMappings />
      </section>
    </div>
  );
}
