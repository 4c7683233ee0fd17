// /normalise/models: by what is told what was done in a study. Versions that learned from what persons decided, how each did
// in its trial, which is in force; a person may choose one, and let go of it.

import { Type } from '@sinclair/typebox';
import { madeAt, modelRoutes, objections, version } from './model-routes.ts';

const Score = Type.Object({
  rows: Type.Integer(),
  right: Type.Integer({ description: 'of which a person would ask: nobody is sure' }),
  sure: Type.Integer({ description: 'told with confidence' }),
  rightOfSure: Type.Integer(),
});
const Beside = (description: string) => Type.Object({ inForce: Score, candidate: Score }, { description });

const Version = Type.Object({
  version,
  basis: Type.Object({ beside: version, answers: Type.Integer() }),
  trial: Type.Object({
    generated: Beside('rows made as those it was taught by'),
    heldOut: Beside('rows of hospitals of other words'),
    answers: Beside('what persons decided'),
    foretold: Beside('one half of the answers, learned from the other half only'),
  }),
  objections,
  madeAt,
});

const Use = Type.Object({
  version,
  pinned: Type.Boolean({ description: 'chosen by a person' }),
  decidedBy: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  at: Type.String({ format: 'date-time' }),
});

export const normaliseModelRoutes = modelRoutes({
  path: '/normalise/models',
  summary: {
    list: 'Versions of the model by which is told what was done in a study, which is in force, and since when',
    make: 'Trains a version with the answers that hold',
  },
  made: 'trained',
  standing: Type.Object({
    inForce: version,
    pinned: Type.Boolean(),
    versions: Type.Array(Version),
    uses: Type.Array(Use),
    training: Type.Boolean(),
  }),
  models: ({ procedureModels }) => ({
    standing: (tenant) => procedureModels.standing(tenant),
    make: (tenant) => procedureModels.trainForAnswer(tenant),
    use: (tenant, choice) => procedureModels.use(tenant, choice),
    release: (tenant, by) => procedureModels.release(tenant, by),
  }),
});
