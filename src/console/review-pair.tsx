// Two people beside each other: what each is known by, where they differ, what each has images of, and why a machine is not
// sure.

import { Anchor, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { shownDate } from '../viewer/dates.ts';
import { type FieldRow, fieldRows, type Shown } from './pair-fields.ts';
import classes from './review.module.css';
import { explained, keyOf, type ReviewPair, type Side } from './reviews.ts';
import { Waterfall } from './waterfall.tsx';

export function ReviewedPair({ pair }: { pair: ReviewPair }) {
  const { data, error, isPending } = useQuery({ queryKey: ['pair', keyOf(pair)], queryFn: () => explained(pair) });
  if (isPending) return <Loader />;
  if (error !== null) return <Text c="red">{error.message}</Text>;
  const { sides } = data;
  return (
    <>
      <table className={classes.sides}>
        <caption>
          {pair.reason === 'joined' ? 'One person by what a system said; each number by itself' : 'Two people so far'}
        </caption>
        <thead>
          <tr>
            <td />
            {pair.of.map(({ issuer, id }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
              <th key={at} scope="col">
                {issuer} {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fieldRows(sides).map((row) => (
            <Field key={row.label} row={row} />
          ))}
          <tr>
            <th scope="row">Numbers</th>
            {sides.map((side, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
              <td key={at}>
                {side.identifiers.map(({ issuer, id }) => (
                  <div key={`${issuer} ${id}`}>
                    {issuer} {id}
                  </div>
                ))}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Studies</th>
            {sides.map((side, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
              <Studies key={at} side={side} />
            ))}
          </tr>
        </tbody>
      </table>
      <Waterfall {...data} />
    </>
  );
}

const said: Record<FieldRow['verdict'], string> = { same: 'same', different: 'differs', unknown: 'one side only' };

function Field({ row: { label, verdict, sides } }: { row: FieldRow }) {
  return (
    <tr className={classes[verdict]}>
      <th scope="row">
        {label} <span className={classes.verdict}>{said[verdict]}</span>
      </th>
      {sides.map((side, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
        <Value key={at} side={side} />
      ))}
    </tr>
  );
}

function Value({ side: { parts, others } }: { side: Shown }) {
  return (
    <td>
      {parts.map(({ text, differs }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
        differs ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
      )}
      {others.map((other) => (
        <div key={other} className={classes.other}>
          {other}
        </div>
      ))}
    </td>
  );
}

function Studies({ side: { studies } }: { side: Side }) {
  return (
    <td>
      {studies.length === 0 && 'none'}
      {studies.map(({ studyInstanceUid, studyDate, modalities, studyDescription }) => (
        <div key={studyInstanceUid}>
          <Anchor href={`/look/${studyInstanceUid}`} target="_blank" size="sm" underline="always">
            {[shownDate(studyDate ?? '') || 'no date', ...modalities, studyDescription].filter(Boolean).join(' ')}
          </Anchor>
        </div>
      ))}
    </td>
  );
}
