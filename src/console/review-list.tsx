// Pairs that wait for somebody, what does most harm first.

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { shownName } from '../viewer/dicom-json.ts';
import classes from './review.module.css';
import { keyOf, type ReviewPair } from './reviews.ts';
import { percent } from './waterfall.tsx';

/** Why a machine leaves it open. */
const reasons: Record<ReviewPair['reason'], string> = {
  likelihood: 'likely, not certain',
  ambiguous: 'several fit',
  bridge: 'weak link of two groups',
  distant: 'far apart',
  joined: 'joined, and contradicts itself',
  generation: 'junior and senior',
  national: 'two national ids',
  date: 'birth dates differ',
  given: 'given names differ',
  support: 'little in common',
  contested: 'two under one number',
  asserted: 'said to be two',
};

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

const optionId = (at: number): string => `pair-${at}`;

interface Props {
  pairs: readonly ReviewPair[];
  chosen: number;
  isLater(pair: ReviewPair): boolean;
  onChoose(at: number): void;
}

export function ReviewList({ pairs, chosen, isLater, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChoose(Math.max(0, Math.min(chosen + step, pairs.length - 1)));
  };
  return (
    <div
      ref={list}
      className={classes.list}
      role="listbox"
      aria-label="Pairs to review"
      aria-activedescendant={optionId(chosen)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {pairs.map((pair, at) => (
        <button
          key={keyOf(pair)}
          id={optionId(at)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className={classes.pair}
          onClick={() => onChoose(at)}
        >
          <span className={classes.names}>
            {pair.names.map((name, side) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
              <span key={side}>
                {shownName(name.split('=')[0]!) || 'Name unknown'}{' '}
                <span className={classes.other}>{pair.of[side]!.id}</span>
              </span>
            ))}
          </span>
          <span className={classes.why}>
            {percent(pair.probability)} · {reasons[pair.reason]}
            {isLater(pair) && ' · later'}
          </span>
        </button>
      ))}
    </div>
  );
}
