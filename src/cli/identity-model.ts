// `fascia identity model`: by what is decided who is who, a new version of it, and the choice of one.

import { modelCommand } from './model-command.ts';

interface Standing {
  inForce: number;
  pinned: boolean;
  versions: {
    version: number;
    madeAt: string;
    basis: { sightings: number; decisions: number };
    trial: { change: { joined: number; split: number } };
    objections: string[];
  }[];
  uses: {
    entry: string;
    version: number;
    at: string;
    decidedBy?: string;
    reason?: string;
    swap?: { joined: number; split: number };
  }[];
  estimating: boolean;
}

export const identityModel = modelCommand<Standing>({
  name: 'identity model',
  path: '/identity/models',
  make: 'estimate',
  made: 'estimated',
  summary: 'the model by which is decided who is who: versions, a new one, the choice of one',
  details:
    'Version 0 is the one that is shipped. A version that is estimated is tried beside the one in force: on what people\n' +
    'decided, on made-up populations, and by how many persons would be others. What is worse is kept and not used.',
  isMaking: ({ estimating }) => estimating,
  said: ({ basis, trial }) => [
    `${basis.sightings} sightings, ${basis.decisions} decisions`,
    `persons joined ${trial.change.joined}, split ${trial.change.split}`,
  ],
  uses: ({ uses }) => [
    'in force since entry',
    uses.map(({ entry, version, at, swap, decidedBy, reason }) => [
      entry,
      `version ${version}`,
      at,
      swap === undefined ? 'not folded yet' : `joined ${swap.joined}, split ${swap.split}`,
      [decidedBy, reason].filter((each) => each !== undefined).join(': '),
    ]),
  ],
});
