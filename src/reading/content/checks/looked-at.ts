// Whether the reader had everything, saw everything, and knows what changed meanwhile.

import type { Check } from './check.ts';

export const allInstances: Check = ({ facts: { instances, instancesSent } }) =>
  instances === instancesSent
    ? []
    : [
        {
          check: 'instances-missing',
          message: `${instances} instances can be seen, ${instancesSent} were sent`,
          isHard: false,
        },
      ];

export const allSeries: Check = ({ facts: { series } }) => {
  const left = series.filter(({ isOpened, isWaived }) => !isOpened && !isWaived);
  if (left.length === 0) return [];
  const [first] = left;
  const rest = left.length > 1 ? ` and ${left.length - 1} more` : '';
  return [
    {
      check: 'series-not-opened',
      message: `series were not opened: ${first!.description || first!.uid}${rest}`,
      isHard: false,
    },
  ];
};

const words = {
  'late-images': 'images came while it was read',
  'images-withheld': 'images came while it was read that may not leave their archive',
  'images-rejected': 'images were withdrawn while it was read',
  'order-changed': 'the order was changed',
  'identity-changed': 'the patient was corrected or merged',
} as const;

/** Nothing is signed before its reader has said to have seen them. */
export const unseenChanges: Check = ({ facts: { unseen } }) =>
  unseen.map((change) => ({ check: 'unseen-change', message: `${words[change]}, and was not seen`, isHard: true }));
