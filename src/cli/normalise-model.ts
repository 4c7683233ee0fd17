// `fascia normalise model`: by what is told what was done in a study, a new version of it, and the choice of one.

import { modelCommand } from './model-command.ts';

interface Score {
  rows: number;
  right: number;
}

interface Standing {
  inForce: number;
  pinned: boolean;
  versions: {
    version: number;
    madeAt: string;
    basis: { answers: number };
    trial: Record<'heldOut' | 'answers' | 'foretold', { inForce: Score; candidate: Score }>;
    objections: string[];
  }[];
  uses: { version: number; at: string; decidedBy: string | null; reason: string | null }[];
  training: boolean;
}

export const normaliseModel = modelCommand<Standing>({
  name: 'normalise model',
  path: '/normalise/models',
  make: 'train',
  made: 'trained',
  summary: 'the model by which is told what was done: versions, a new one from what persons decided, the choice of one',
  details:
    'Version 0 is the one that is shipped. A version that is trained is tried beside the one in force: on made-up rows, on\n' +
    'rows of hospitals of other words, and on what persons decided. What is worse is kept and not used.',
  isMaking: ({ training }) => training,
  said: ({ basis, trial: { heldOut, answers, foretold } }) => [
    `${basis.answers} answers`,
    `right: other hospitals ${beside(heldOut)}, answers ${beside(answers)}, foretold ${beside(foretold)}`,
  ],
  uses: ({ uses }) => [
    'in force since',
    uses.map(({ version, at, decidedBy, reason }) => [
      `version ${version}`,
      at,
      [decidedBy, reason].filter((each) => each !== null).join(': '),
    ]),
  ],
});

const beside = ({ inForce, candidate }: { inForce: Score; candidate: Score }): string =>
  `${inForce.right} → ${candidate.right} of ${candidate.rows}`;
