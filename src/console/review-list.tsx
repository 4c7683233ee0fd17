// Pairs that wait for somebody, what does most harm first.

import { shownName } from '../viewer/dicom-json.ts';
import { OptionList } from './option-list.tsx';
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

interface Props {
  pairs: readonly ReviewPair[];
  chosen: number;
  isLater(pair: ReviewPair): boolean;
  onChoose(at: number): void;
}

export function ReviewList({ pairs, chosen, isLater, onChoose }: Props) {
  return (
    <OptionList label="Pairs to review" items={pairs} keyOf={keyOf} chosen={chosen} onChoose={onChoose}>
      {(pair) => (
        <>
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
        </>
      )}
    </OptionList>
  );
}
