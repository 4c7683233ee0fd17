// /rules, /destinations and /deliveries: which study goes where, and what became of it.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { acknowledgeCorrection, correctionRows, replayNotes } from '../storage/correction-notes.ts';
import { destinationKinds } from '../storage/destinations.ts';
import { ledgerPage, replayFailed } from '../storage/ledger-page.ts';
import { prefetchPage } from '../storage/prefetch-page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Rules = Type.Object(
  {
    zone: Type.Optional(Type.String({ description: 'IANA time zone; UTC where absent' })),
    rules: Type.Array(Type.Unknown(), { description: 'as docs/routing.md has them' }),
  },
  { additionalProperties: false },
);
const InForce = Type.Object({
  version: Type.Integer(),
  author: Type.String(),
  inForceSince: Type.String(),
  zone: Type.Optional(Type.String()),
  rules: Type.Array(Type.Unknown()),
});
const Version = Type.Object({
  version: Type.Integer(),
  author: Type.String(),
  createdAt: Type.String(),
  inForceSince: Type.Optional(Type.String()),
});
const DryRun = Type.Object(
  {
    days: Type.Number({ minimum: 0, maximum: 3650, default: 7, description: 'studies that arrived since' }),
    rules: Type.Optional(Rules),
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'a version that is kept, instead of `rules`' })),
  },
  { additionalProperties: false },
);

const Destination = Type.Object({
  name: Type.String(),
  kind: Type.String(),
  settings: Type.Unknown(),
  paused: Type.Boolean(),
  queued: Type.Integer(),
  failed: Type.Integer(),
  problem: Type.Union([Type.String(), Type.Null()], { description: 'why nothing can be sent to it' }),
  problemSince: Type.Union([Type.String(), Type.Null()]),
});
const DestinationBody = Type.Object(
  {
    kind: Type.Union(destinationKinds.map((kind) => Type.Literal(kind))),
    settings: Type.Object({}, { additionalProperties: true, default: {} }),
  },
  { additionalProperties: false },
);
const ByName = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }) });
const Paused = Type.Object({ paused: Type.Boolean() }, { additionalProperties: false });

const Of = {
  study: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$', description: 'Study Instance UID' })),
  instance: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$', description: 'SOP Instance UID' })),
  destination: Type.Optional(Type.String({ maxLength: 64 })),
};
const states = [
  'queued',
  'accepted',
  'verified',
  'committed',
  'failed',
  'withdrawn',
  'passed-on',
  'corrected',
] as const;
const Deliveries = Type.Object({
  ...Of,
  state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  before: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,18}\\.[0-9]{1,18}$', description: 'id of the last row read' }),
  ),
});
const Delivery = Type.Object({
  id: Type.String(),
  destination: Type.String(),
  studyInstanceUid: Type.String(),
  sopInstanceUid: Type.String(),
  sentAs: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description:
      'Study, Series and SOP Instance UID under which the receiver knows it, where rules made others of them',
  }),
  correction: Type.Union([Type.String(), Type.Null()], {
    description: 'by which it holds no longer (`corrected`), or of which it is: see /deliveries/corrections',
  }),
  state: Type.String(),
  attempts: Type.Integer(),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'what the receiver answered' }),
  problem: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  proof: Type.Union([Type.String(), Type.Null()], { description: 'what the receiver gave to show that it has it' }),
  rules: Type.Array(Type.String()),
  ruleSet: Type.Integer(),
  priority: Type.Integer({ description: '0 STAT, 1 HIGH, 2 ROUTINE, 3 LOW' }),
  deadline: Type.Union([Type.String(), Type.Null()]),
  queuedAt: Type.String(),
  settledAt: Type.Union([Type.String(), Type.Null()]),
});
const Corrections = Type.Object({
  study: Of.study,
  destination: Of.destination,
  open: Type.Boolean({ default: true, description: 'only what neither receiver nor person has acknowledged' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
const Correction = Type.Object({
  id: Type.String(),
  destination: Type.String(),
  studyInstanceUid: Type.String(),
  state: Type.String({
    description:
      'queued: the rejection note waits; sent: the receiver has it, and what takes the place of its copies follows; corrected: it has both; failed: it refused the note; told: a person has to see to it; acknowledged: one has',
  }),
  noteSopInstanceUid: Type.Union([Type.String(), Type.Null()]),
  code: Type.Union([Type.String(), Type.Null()], { description: 'title of the note, in DCM' }),
  instances: Type.Integer(),
  outstanding: Type.Integer({ description: 'of what takes the place of its copies: not taken yet' }),
  attempts: Type.Integer(),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'what the receiver answered to the note' }),
  problem: Type.Union([Type.String(), Type.Null()]),
  acknowledgedBy: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  settledAt: Type.Union([Type.String(), Type.Null()]),
});
const priorStates = ['queued', 'asked', 'here', 'failed'] as const;
const Priors = Type.Object({
  study: Type.Optional(
    Type.String({ pattern: '^[0-9.]{1,64}$', description: 'Study Instance UID of the study that wants them' }),
  ),
  state: Type.Optional(Type.Union(priorStates.map((state) => Type.Literal(state)))),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
const Replay = Type.Object(Of, { additionalProperties: false });

type Request<Params = unknown, Query = unknown, Body = unknown> = ApiRequest<Params, Query, Body>;

export const routingRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/rules',
    summary: 'The rules in force',
    action: 'administer',
    answer: InForce,
    async handle({ context, principal }: Request) {
      const rules = context.routing(principal).inForce();
      if (rules === undefined) throw new Problem('catalogue/not-found', { what: 'rule set' });
      return rules;
    },
  },
  {
    method: 'PUT',
    path: '/rules',
    summary: 'Puts rules in force, as a new version',
    action: 'administer',
    body: Rules,
    answer: InForce,
    handle: ({ context, principal, body }: Request<unknown, unknown, Static<typeof Rules>>) =>
      context.routing(principal).put(body),
  },
  {
    method: 'GET',
    path: '/rules/versions',
    summary: 'Every version of the rules, the newest first',
    action: 'administer',
    answer: Type.Array(Version),
    handle: ({ context, principal }: Request) => context.routing(principal).versions(),
  },
  {
    method: 'POST',
    path: '/rules/versions/{version}/activate',
    summary: 'Puts a version in force again',
    action: 'administer',
    params: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
    answer: InForce,
    handle: ({ context, principal, params }: Request<{ version: number }>) =>
      context.routing(principal).activate(params.version),
  },
  {
    method: 'POST',
    path: '/rules/dry-run',
    summary: 'What other rules would have done with the studies of the last days; nothing is sent',
    action: 'administer',
    body: DryRun,
    answer: Type.Unknown(),
    handle: ({ context, principal, body }: Request<unknown, unknown, Static<typeof DryRun>>) =>
      context.routing(principal).dryRun(body),
  },
  {
    method: 'GET',
    path: '/destinations',
    summary: 'Where studies may be sent, how much waits and how much failed',
    action: 'administer',
    answer: Type.Array(Destination),
    handle: ({ context, principal }: Request) => context.routing(principal).destinations(),
  },
  {
    method: 'PUT',
    path: '/destinations/{name}',
    summary: 'Adds a destination, or changes it',
    action: 'administer',
    params: ByName,
    body: DestinationBody,
    answer: Destination,
    handle: ({
      context,
      principal,
      params,
      body,
    }: Request<Static<typeof ByName>, unknown, Static<typeof DestinationBody>>) =>
      context.routing(principal).putDestination(params.name, body.kind, body.settings),
  },
  {
    method: 'POST',
    path: '/destinations/{name}/pause',
    summary: 'Sends nothing to it, or sends again',
    action: 'administer',
    params: ByName,
    body: Paused,
    answer: Destination,
    handle: ({ context, principal, params, body }: Request<Static<typeof ByName>, unknown, Static<typeof Paused>>) =>
      context.routing(principal).pause(params.name, body.paused),
  },
  {
    method: 'GET',
    path: '/deliveries',
    summary: 'The ledger: what was sent where, and what became of it; newest first',
    action: 'administer',
    query: Deliveries,
    answer: Type.Array(Delivery),
    handle: ({ context, principal, query }: Request<unknown, Static<typeof Deliveries>>) =>
      ledgerPage(context.database, principal.tenant, { ...named(query), limit: query.limit, before: query.before }),
  },
  {
    method: 'GET',
    path: '/deliveries/corrections',
    summary: 'Copies whose patient turned out to be another, and what became of their correction; newest first',
    action: 'administer',
    query: Corrections,
    answer: Type.Array(Correction),
    handle: ({ context, principal, query }: Request<unknown, Static<typeof Corrections>>) =>
      correctionRows(context.database, principal.tenant, {
        studyInstanceUid: query.study,
        destination: query.destination,
        isOpen: query.open,
        limit: query.limit,
      }),
  },
  {
    method: 'GET',
    path: '/priors',
    summary: 'Which earlier studies rules want here, from which archive, and what became of them; newest first',
    action: 'administer',
    query: Priors,
    answer: Type.Array(Type.Unknown()),
    handle: ({ context, principal, query }: Request<unknown, Static<typeof Priors>>) =>
      prefetchPage(context.database, principal.tenant, {
        studyInstanceUid: query.study,
        state: query.state,
        limit: query.limit,
      }),
  },
  {
    method: 'POST',
    path: '/deliveries/corrections/{id}/acknowledge',
    summary:
      'Somebody has seen to it: it is shown no longer, and what takes the place of the copies is sent in any case',
    action: 'administer',
    params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
    answer: Type.Object({ acknowledged: Type.Boolean() }),
    async handle({ context, principal, params }: Request<{ id: string }>) {
      const { tenant, id } = principal;
      if (!(await acknowledgeCorrection(context.database, tenant, params.id, id)))
        throw new Problem('catalogue/not-found', { what: 'correction' });
      return { acknowledged: true };
    },
  },
  {
    method: 'POST',
    path: '/deliveries/replay',
    summary: 'Sends again what failed, rejection notes of corrections too',
    action: 'administer',
    body: Replay,
    answer: Type.Object({ queued: Type.Integer() }),
    async handle({ context, principal, body }: Request<unknown, unknown, Static<typeof Replay>>) {
      const chosen = named(body);
      const notes = await replayNotes(context.database, principal.tenant, chosen);
      return { queued: notes + (await replayFailed(context.database, principal.tenant, chosen)) };
    },
  },
];

function named({ study, instance, destination, state }: Static<typeof Replay> & { state?: string }) {
  return { studyInstanceUid: study, sopInstanceUid: instance, destination, state };
}
