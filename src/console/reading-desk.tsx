// One case being read: its images on one side, the report on the other. What is written is saved by itself, and what was
// looked at with it; the case stays the reader's as long as this page is open.

import { Alert, Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { hearLookedAt } from '../viewer/looked-at.ts';
import { Notice } from './notice.tsx';
import classes from './reading.module.css';
import { act, openDesk, type ReadingCaseRow } from './reading.ts';
import { ReadingActs } from './reading-acts.tsx';
import { ReadingReport } from './reading-report.tsx';
import { timeLeft } from './time-left.ts';

const HEARTBEAT_MS = 45_000;

interface DeskProps {
  row: ReadingCaseRow;
  onDone(sentence: string): void;
  onChanged(): void;
}

export function ReadingDesk({ row, onDone, onChanged }: DeskProps) {
  const { id, studyUid, unseen } = row;
  const [template, setTemplate] = useState<string>();
  const [prior, setPrior] = useState<string>();
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  const desk = useQuery({
    queryKey: ['reading-desk', id, template],
    queryFn: ({ signal }) => openDesk(id, template, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    const beating = setInterval(() => void act(id, 'heartbeat').catch(() => undefined), HEARTBEAT_MS);
    return () => clearInterval(beating);
  }, [id]);
  useEffect(
    () =>
      hearLookedAt(({ studyInstanceUid, seriesInstanceUid }) =>
        setLooked((before) => new Set([...before, studyInstanceUid, seriesInstanceUid])),
      ),
    [],
  );
  if (desk.isPending) return <Notice>{<Loader />}</Notice>;
  if (desk.error !== null) return <Notice>{desk.error.message}</Notice>;
  const { facts } = desk.data;
  const beside = prior === undefined ? '' : `?with=${prior}`;
  return (
    <div className={classes.desk}>
      <section aria-label="Images" className={classes.images}>
        <Group gap="sm">
          <Text role="note" ff="monospace" fw={700} aria-label="Case">
            {id}
          </Text>
          <Text size="sm">{timeLeft(row)}</Text>
          {studyUid !== null && (
            <Anchor size="sm" href={`/ohif/viewer?StudyInstanceUIDs=${studyUid}`} target="_blank">
              OHIF
            </Anchor>
          )}
          {facts.priors.map(({ studyUid: uid, date, description, modality }) => (
            <Button
              key={uid}
              size="compact-xs"
              variant={prior === uid ? 'filled' : 'default'}
              onClick={() => setPrior(uid)}
            >
              Prior {date} {description || modality}
            </Button>
          ))}
          {facts.priorsMissing > 0 && <Text size="sm">{facts.priorsMissing} priors are not here</Text>}
        </Group>
        {studyUid !== null && (
          <iframe key={beside} title="Images of the case" src={`/look/${studyUid}${beside}`} className={classes.look} />
        )}
      </section>
      <section aria-label="Report" className={classes.report}>
        {unseen.length > 0 && (
          <Alert color="orange" role="alert" title="The study has changed">
            {unseen.join(', ')}
            <Button size="xs" ml="sm" onClick={() => act(id, 'seen').then(onChanged)}>
              I have seen it
            </Button>
          </Alert>
        )}
        <ReadingReport
          key={template ?? ''}
          row={row}
          desk={desk.data}
          looked={looked}
          onTemplate={setTemplate}
          onSigned={onDone}
        />
        <ReadingActs row={row} onDone={onDone} onChanged={onChanged} />
      </section>
    </div>
  );
}
