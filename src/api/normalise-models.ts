// /normalise/models: by what is told what was done in a study. Versions that learned from what persons decided, how each did
// in its trial, which is in force; a person may choose one, and let go of it.

import { type Static, Type } from '@sinclair/typebox';
import type { ApiRequest, ApiRoute } from './route.ts';

const version = Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: '0 is the one that is shipped' });
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
  objections: Type.Array(Type.String(), { description: 'why it was not put in force by itself' }),
  madeAt: Type.String({ format: 'date-time' }),
});

const Use = Type.Object({
  version,
  pinned: Type.Boolean({ description: 'chosen by a person' }),
  decidedBy: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  at: Type.String({ format: 'date-time' }),
});

const Choice = Type.Object(
  { version, reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

export const normaliseModelRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/normalise/models',
    summary: 'Versions of the model by which is told what was done in a study, which is in force, and since when',
    action: 'administer',
    answer: Type.Object({
      inForce: version,
      pinned: Type.Boolean(),
      versions: Type.Array(Version),
      uses: Type.Array(Use),
      training: Type.Boolean(),
    }),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.procedureModels.standing(principal.tenant),
  },
  {
    method: 'POST',
    path: '/normalise/models',
    summary:
      'Trains a version with the answers that hold, tries it, and puts it in force where nothing speaks against it; ' +
      'without a version in the answer, it is still at it',
    action: 'administer',
    answer: Type.Object({ version: Type.Optional(version), objections: Type.Optional(Type.Array(Type.String())) }),
    async handle({ context, principal }: ApiRequest<unknown, unknown, unknown>) {
      const made = await context.procedureModels.trainForAnswer(principal.tenant);
      return made === undefined ? {} : { version: made.version, objections: made.objections };
    },
  },
  {
    method: 'PUT',
    path: '/normalise/models/in-force',
    summary: 'Puts a version in force, whatever speaks against it, and keeps it there',
    action: 'administer',
    body: Choice,
    handle: async ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Choice>>) =>
      context.procedureModels.use(principal.tenant, { ...body, decidedBy: principal.id }),
  },
  {
    method: 'DELETE',
    path: '/normalise/models/in-force',
    summary: 'Lets go of the version that was chosen: it stays in force until a better one is trained',
    action: 'administer',
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.procedureModels.release(principal.tenant, principal.id),
  },
];
