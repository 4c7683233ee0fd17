// /identity: who is who. Persons with what is known of them, what somebody should look at, why two are or are not one, and
// the decisions of people, each of which can be taken back.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Identifier = Type.Object(
  { issuer: Type.String({ maxLength: 256 }), id: Type.String({ minLength: 1, maxLength: 256 }) },
  { additionalProperties: false },
);
const PersonId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) });

const PersonQuery = Type.Object(
  {
    issuer: Type.Optional(Type.String({ maxLength: 256 })),
    id: Type.Optional(Type.String({ maxLength: 256, description: 'identifier within the issuer' })),
    study: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$', description: 'Study Instance UID' })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: 'beginning of a word of a name' })),
    birthDate: Type.Optional(Type.String({ pattern: '^\\d{8}$' })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  },
  { additionalProperties: false },
);

const Page = Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }) });

const Decision = Type.Union([
  Type.Object(
    {
      type: Type.Union([Type.Literal('same'), Type.Literal('different')]),
      of: Type.Tuple([Identifier, Identifier]),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { type: Type.Literal('retract'), entry: Type.String({ pattern: '^[0-9]{1,18}$' }) },
    { additionalProperties: false },
  ),
]);

const Authority = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    namespaceId: Type.Optional(Type.String({ maxLength: 128 })),
    universalId: Type.Optional(Type.String({ maxLength: 199 })),
    universalIdType: Type.Optional(Type.String({ maxLength: 6 })),
    system: Type.Optional(Type.String({ maxLength: 512, description: 'FHIR identifier system' })),
    sources: Type.Array(Type.String({ maxLength: 128 }), {
      maxItems: 1000,
      description: 'AE titles and HL7 interfaces that mean it where they name no authority',
    }),
  },
  { additionalProperties: false },
);

const ByName = Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }) });

const JSON_LINES = 'application/x-ndjson';

/** A request without a body. */
async function* nothing(): AsyncGenerator<Uint8Array> {}

export const identityRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/identity/persons',
    summary: 'Persons by an identifier, a study, a name or a birth date',
    action: 'administer',
    query: PersonQuery,
    answer: Type.Array(Type.Unknown()),
    handle: async ({ context, principal, query }: ApiRequest<unknown, Static<typeof PersonQuery>, unknown>) =>
      (await context.identity(principal)).persons(query),
  },
  {
    method: 'GET',
    path: '/identity/persons/{id}',
    summary:
      'A person: every value with its source, every identifier, every study; who has the id now, where it was merged',
    action: 'administer',
    params: PersonId,
    answer: Type.Unknown(),
    async handle({ context, principal, params }: ApiRequest<Static<typeof PersonId>, unknown, unknown>) {
      const person = await (await context.identity(principal)).person(params.id);
      if (person === undefined) throw new Problem('catalogue/not-found', { what: 'person' });
      return person;
    },
  },
  {
    method: 'GET',
    path: '/identity/review',
    summary: 'Pairs of persons that somebody should look at, most harm and least certainty first',
    action: 'administer',
    query: Page,
    answer: Type.Array(Type.Unknown()),
    handle: async ({ context, principal, query }: ApiRequest<unknown, Static<typeof Page>, unknown>) =>
      (await context.identity(principal)).reviews(query.limit),
  },
  {
    method: 'GET',
    path: '/identity/explain/{id}',
    summary: 'Why the registrations of a person are one, and what was asserted and decided of them',
    action: 'administer',
    params: PersonId,
    answer: Type.Unknown(),
    async handle({ context, principal, params }: ApiRequest<Static<typeof PersonId>, unknown, unknown>) {
      const explained = await (await context.identity(principal)).explain(params.id);
      if (explained === undefined) throw new Problem('catalogue/not-found', { what: 'person' });
      return explained;
    },
  },
  {
    method: 'POST',
    path: '/identity/explain',
    summary: 'Why two registrations are one person, or are not, and what is known under either by itself',
    action: 'administer',
    body: Type.Object({ of: Type.Tuple([Identifier, Identifier]) }, { additionalProperties: false }),
    answer: Type.Unknown(),
    async handle({
      context,
      principal,
      body,
    }: ApiRequest<unknown, unknown, { of: [Static<typeof Identifier>, Static<typeof Identifier>] }>) {
      const explained = await (await context.identity(principal)).explainPair(...body.of);
      if (explained === undefined) throw new Problem('catalogue/not-found', { what: 'registration' });
      return explained;
    },
  },
  {
    method: 'POST',
    path: '/identity/decisions',
    summary: 'Decides that two registrations are one person or two, or takes a decision or a merge back',
    action: 'administer',
    body: Decision,
    answer: Type.Object({ entry: Type.String({ description: 'names the decision, to take it back' }) }),
    handle: async ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Decision>>) => ({
      entry: await (await context.identity(principal)).decide(body),
    }),
  },
  {
    method: 'POST',
    path: '/identity/batch',
    summary:
      'Who is who in a file of patient records, by themselves: nothing is kept. A record a line as `fascia identity batch` ' +
      'reads them; answered by {recordId, personId} for each, then {review: [recordId, recordId], probability, reason}',
    action: 'administer',
    bodyMediaType: JSON_LINES,
    answer: Type.String(),
    mediaType: JSON_LINES,
    handle: async ({ context, body }: ApiRequest<unknown, unknown, AsyncIterable<Uint8Array> | undefined>) => [
      await context.reconcile(body ?? nothing()),
    ],
  },
  {
    method: 'GET',
    path: '/identity/authorities',
    summary: 'Who assigns identifiers, and whose connections mean them',
    action: 'administer',
    answer: Type.Array(Authority),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      (await context.identity(principal)).authorities(),
  },
  {
    method: 'PUT',
    path: '/identity/authorities/{name}',
    summary: 'Makes an authority known under all of its names',
    action: 'administer',
    params: ByName,
    body: Authority,
    answer: Authority,
    async handle({
      context,
      principal,
      params,
      body,
    }: ApiRequest<Static<typeof ByName>, unknown, Static<typeof Authority>>) {
      if (body.name !== params.name) throw new Problem('request/malformed', { reason: 'name is not that of the path' });
      await (await context.identity(principal)).putAuthority(body);
      return body;
    },
  },
  {
    method: 'DELETE',
    path: '/identity/authorities/{name}',
    summary: 'Forgets an authority: its names are names of several again',
    action: 'administer',
    params: ByName,
    handle: async ({ context, principal, params }: ApiRequest<Static<typeof ByName>, unknown, unknown>) =>
      (await context.identity(principal)).removeAuthority(params.name),
  },
];
