// /identity/models: by what is decided who is who. Versions with what they were estimated from and how they did in their
// trial, when which came in force and what that changed; a person may choose one, and let go of it.

import { Type } from '@sinclair/typebox';
import { madeAt, modelRoutes, objections, version } from './model-routes.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Beside = <T extends ReturnType<typeof Type.Object>>(score: T) =>
  Type.Object({ inForce: score, candidate: score });

const Trial = Type.Object({
  decided: Beside(
    Type.Object({
      same: Type.Integer({ description: 'pairs that people called one person' }),
      different: Type.Integer({ description: 'pairs that they called two' }),
      joined: Type.Integer({ description: 'of the first, joined without being asked' }),
      shown: Type.Integer({ description: 'of the first, shown for review' }),
      falselyJoined: Type.Integer({ description: 'of the second, joined' }),
      surprise: Type.Number({ description: 'mean bits by which probabilities shown were wrong' }),
    }),
  ),
  drawn: Type.Array(
    Beside(
      Type.Object({
        precision: Share,
        recall: Share,
        recallWithReview: Share,
        reviewsPer10k: Type.Number(),
        impure: Type.Integer({ description: 'persons made of several people' }),
      }),
    ),
    { description: 'on populations whose truth is known' },
  ),
  change: Type.Object({
    sightings: Type.Integer(),
    persons: Type.Integer(),
    joined: Type.Integer({ description: 'persons made of several' }),
    split: Type.Integer({ description: 'persons of whom several were made' }),
    moved: Type.Integer({ description: 'sightings of all these' }),
    joinedDecided: Type.Integer({ description: 'joined, though people had decided on both sides' }),
  }),
});

const Version = Type.Object({
  version,
  basis: Type.Object({
    beside: version,
    upTo: Type.String({ description: 'entry of the identity log' }),
    sightings: Type.Integer(),
    decisions: Type.Integer(),
  }),
  trial: Trial,
  objections,
  madeAt,
});

const Use = Type.Object({
  version,
  pinned: Type.Boolean({ description: 'chosen by a person' }),
  decidedBy: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  entry: Type.String({ description: 'of the identity log: from here on' }),
  at: Type.String({ format: 'date-time' }),
  swap: Type.Optional(
    Type.Object(
      { joined: Type.Integer(), split: Type.Integer() },
      { description: 'absent until a node has folded all by it' },
    ),
  ),
});

export const identityModelRoutes = modelRoutes({
  path: '/identity/models',
  summary: {
    list: 'Versions of the model by which is decided who is who, which is in force, and what each change of it changed',
    make: 'Estimates a version from everything that is logged',
  },
  made: 'estimated',
  standing: Type.Object({
    inForce: version,
    pinned: Type.Boolean(),
    versions: Type.Array(Version),
    uses: Type.Array(Use),
    estimating: Type.Boolean(),
  }),
  models: ({ models }) => ({
    standing: (tenant) => models.standing(tenant),
    make: (tenant) => models.estimateForAnswer(tenant),
    use: (tenant, choice) => models.use(tenant, choice),
    release: (tenant, by) => models.release(tenant, by),
  }),
});
