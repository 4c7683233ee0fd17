// /identity/models: by what is decided who is who. Versions with what they were estimated from and how they did in their
// trial, when which came in force and what that changed; a person may choose one, and let go of it.

import { type Static, Type } from '@sinclair/typebox';
import type { ApiRequest, ApiRoute } from './route.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Beside = <T extends ReturnType<typeof Type.Object>>(score: T) =>
  Type.Object({ inForce: score, candidate: score });
const version = Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: '0 is the one that is shipped' });

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
  objections: Type.Array(Type.String(), { description: 'why it was not put in force by itself' }),
  madeAt: Type.String({ format: 'date-time' }),
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

const Choice = Type.Object(
  { version, reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

export const identityModelRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/identity/models',
    summary:
      'Versions of the model by which is decided who is who, which is in force, and what each change of it changed',
    action: 'administer',
    answer: Type.Object({
      inForce: version,
      pinned: Type.Boolean(),
      versions: Type.Array(Version),
      uses: Type.Array(Use),
      estimating: Type.Boolean(),
    }),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.models.standing(principal.tenant),
  },
  {
    method: 'POST',
    path: '/identity/models',
    summary:
      'Estimates a version from everything that is logged, tries it, and puts it in force where nothing speaks against it; ' +
      'without a version in the answer, it is still at it',
    action: 'administer',
    answer: Type.Object({ version: Type.Optional(version), objections: Type.Optional(Type.Array(Type.String())) }),
    async handle({ context, principal }: ApiRequest<unknown, unknown, unknown>) {
      const made = await context.models.estimateForAnswer(principal.tenant);
      return made === undefined ? {} : { version: made.version, objections: made.objections };
    },
  },
  {
    method: 'PUT',
    path: '/identity/models/in-force',
    summary: 'Puts a version in force, whatever speaks against it, and keeps it there',
    action: 'administer',
    body: Choice,
    handle: async ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Choice>>) =>
      context.models.use(principal.tenant, { ...body, decidedBy: principal.id }),
  },
  {
    method: 'DELETE',
    path: '/identity/models/in-force',
    summary: 'Lets go of the version that was chosen: it stays in force until a better one is estimated',
    action: 'administer',
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.models.release(principal.tenant, principal.id),
  },
];
