// MR and CT series of which nobody is sure what they show: how each was read and why that is doubted, what a person says
// instead, for all that say the same, and what was said, which can be taken back.

import { Alert, Button, Group, NativeSelect, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  answerSeries,
  type DoubtfulSeries,
  doubtfulSeries,
  type KeptSeriesAnswer,
  seriesAnswers,
  seriesFields,
  takeBackSeries,
} from './doubtful-series.ts';
import classes from './review.module.css';
import { StudyLink } from './study-link.tsx';
import { percent } from './waterfall.tsx';

const nameOf = (description: string | null): string => description || 'nothing';

export function SeriesReview() {
  const client = useQueryClient();
  const changed = () =>
    Promise.all(['doubtful-series', 'series-answers'].map((what) => client.invalidateQueries({ queryKey: [what] })));
  const waiting = useQuery({ queryKey: ['doubtful-series'], queryFn: ({ signal }) => doubtfulSeries(signal) });
  const answered = useQuery({ queryKey: ['series-answers'], queryFn: ({ signal }) => seriesAnswers(signal) });
  const answering = useMutation({
    mutationFn: ({ series, decided }: Answering) => answerSeries(series, decided),
    onSettled: changed,
  });
  const takingBack = useMutation({ mutationFn: takeBackSeries, onSettled: changed });
  const problem = waiting.error ?? answered.error ?? answering.error ?? takingBack.error;
  const doubts = waiting.data ?? [];
  const answers = answered.data ?? [];
  if (doubts.length === 0 && answers.length === 0 && problem === null) return null;
  return (
    <>
      <Title order={2} size="h4" mt="lg" id="series-title">
        Series that are not sure
      </Title>
      {problem !== null && (
        <Alert color="red" mt="xs" role="alert">
          {problem.message}
        </Alert>
      )}
      <div className={classes.wide}>
        <table className={classes.said} aria-labelledby="series-title">
          <tbody>
            {doubts.map((series) => (
              <Doubt
                key={series.says}
                series={series}
                isBusy={answering.isPending}
                onAnswer={(decided) => answering.mutate({ series, decided })}
              />
            ))}
            {answers.map(({ id, description, decisions, author, retractedAt, ...more }) => (
              <tr key={id}>
                <th scope="row">{nameOf(description)}</th>
                <td>
                  {inWords(decisions)}, for {more.series} {more.series === 1 ? 'series' : 'series alike'}, by {author}
                  {retractedAt !== null && `; taken back by ${more.retractedBy}`}
                </td>
                <td>
                  {retractedAt === null && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Take back series ${nameOf(description)}`}
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
      </div>
    </>
  );
}

const inWords = ({ modality, ...decided }: KeptSeriesAnswer['decisions']): string =>
  [modality, ...seriesFields[modality].map(({ name }) => decided[name])].join(', ');

interface Answering {
  series: DoubtfulSeries;
  decided: Readonly<Record<string, string>>;
}

interface DoubtProps {
  series: DoubtfulSeries;
  isBusy: boolean;
  onAnswer(decided: Readonly<Record<string, string>>): void;
}

function Doubt({ series, isBusy, onAnswer }: DoubtProps) {
  const { modality, studyInstanceUid, alike, description, confidence, reason, read } = series;
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({});
  const decided = { ...read, ...changes };
  return (
    <tr>
      <th scope="row">
        {nameOf(description)} <StudyLink uid={studyInstanceUid} />
      </th>
      <td>
        {percent(confidence)} · {alike} alike · {reason}
        <Group gap="xs" mt={4}>
          {seriesFields[modality].map(({ name, label, options }) => (
            <NativeSelect
              key={name}
              size="xs"
              label={label}
              aria-label={`${label} of ${nameOf(description)}`}
              data={[...options]}
              value={decided[name]}
              onChange={({ currentTarget: { value } }) => setChanges((before) => ({ ...before, [name]: value }))}
            />
          ))}
        </Group>
      </td>
      <td>
        <Button
          size="compact-xs"
          disabled={isBusy}
          aria-label={`Answer series ${nameOf(description)}`}
          onClick={() => onAnswer(decided)}
        >
          Answer
        </Button>
      </td>
    </tr>
  );
}
