// /normalise/mappings: what private elements mean that no table of a vendor explains. Proposals with their evidence, what
// persons accepted, in versions, and what they refused.

import { type Static, Type } from '@sinclair/typebox';
import type { KeptProposal, MappingKey, MappingSetVersion } from '../storage/private-mappings.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What private elements mean that no table of a vendor explains. */
export interface ApiPrivateMappings {
  standing(tenant: number): Promise<PrivateMappingStanding>;
  /** undefined where it takes longer than an answer may. Rejects with request/overloaded. */
  look(tenant: number): Promise<FoundMappings | undefined>;
  /** Resolves to the version it came with. Rejects with catalogue/not-found, normalise/decided. */
  accept(tenant: number, key: MappingKey, by: string): Promise<number>;
  /** Resolves to the version without it. Rejects with catalogue/not-found. */
  withdraw(tenant: number, key: MappingKey, by: string): Promise<number>;
  /** Rejects with catalogue/not-found, normalise/decided. */
  refuse(tenant: number, key: MappingKey, refusal: { by: string; reason?: string | undefined }): Promise<void>;
  /** Rejects with catalogue/not-found. */
  reopen(tenant: number, key: MappingKey): Promise<void>;
}

/** Of a mapping, as src/normalize/discovery/propose.ts has it. */
interface Told {
  conversion: object;
  confidence?: number;
  evidence: object;
}

export interface FoundMappings {
  /** That were looked at. */
  instances: number;
  proposals: number;
}

export interface PrivateMappingStanding {
  /** In force; 0: nothing was accepted. */
  version: number;
  mappings: (MappingKey & Told & { since: number; acceptedBy: string; acceptedAt: string })[];
  /** The likeliest first. */
  proposals: (Omit<KeptProposal, 'proposal'> & Told & { trusted: boolean })[];
  /** Newest first. */
  versions: MappingSetVersion[];
  /** Whether this node is looking. */
  looking: boolean;
}

const element = Type.String({ maxLength: 100, description: 'as printed: `0019xx0C of SIEMENS MR HEADER`' });
const attribute = Type.String({ maxLength: 100, description: 'keyword of PS3.6, or the name of a derived quantity' });
const conversion = Type.Unknown({ description: 'how its values become those of the attribute' });
const confidence = Type.Number({ description: '0 to 1' });
const at = Type.String({ format: 'date-time' });
const nullable = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const Evidence = Type.Object({
  instances: Type.Integer({ description: 'that have both' }),
  series: Type.Integer(),
  distinctValues: Type.Integer({ description: 'of the attribute' }),
  varies: Type.String({ description: '`by instance` or `by series`' }),
  coverage: Type.Number({ description: 'of instances with the element, the part with the attribute' }),
  bits: Type.Number({ description: 'how improbable it is that both agree so often by chance' }),
});

const Standing = Type.Object({
  version: Type.Integer({ description: 'in force; 0: nothing was accepted' }),
  mappings: Type.Array(
    Type.Object({
      ...{ element, attribute, conversion, confidence, evidence: Evidence },
      since: Type.Integer({ description: 'the version it came with' }),
      acceptedBy: Type.String(),
      acceptedAt: Type.String({ description: 'DT' }),
    }),
  ),
  proposals: Type.Array(
    Type.Object({
      ...{ element, attribute, conversion, confidence, evidence: Evidence },
      trusted: Type.Boolean({ description: 'a person may accept it unseen' }),
      state: Type.String({ description: '`open`, `accepted` or `refused`' }),
      foundAt: at,
      decidedBy: nullable('who accepted or refused it'),
      decidedAt: Type.Union([at, Type.Null()]),
      reason: nullable('why it was refused'),
    }),
    { description: 'the likeliest first' },
  ),
  versions: Type.Array(
    Type.Object({ version: Type.Integer(), madeBy: Type.String(), change: Type.String(), madeAt: at }),
    { description: 'newest first' },
  ),
  looking: Type.Boolean({ description: 'whether this node looks for more' }),
});

const Key = Type.Object({ element, attribute }, { additionalProperties: false });
const Refusal = Type.Object(
  { element, attribute, reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);
const Version = Type.Object({ version: Type.Integer({ description: 'in force now' }) });

type Request<Body = unknown> = ApiRequest<unknown, unknown, Body>;
type Keyed = Request<Static<typeof Key>>;

export const normaliseMappingRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/normalise/mappings',
    summary:
      'What private elements mean: what is in force, what is proposed and on what evidence, and who decided what',
    action: 'administer',
    answer: Standing,
    handle: async ({ context, principal }: Request) => context.privateMappings.standing(principal.tenant),
  },
  {
    method: 'POST',
    path: '/normalise/mappings/look',
    summary: 'Looks at the newest series for more; without numbers in the answer, it is still at it',
    action: 'administer',
    answer: Type.Object({ instances: Type.Optional(Type.Integer()), proposals: Type.Optional(Type.Integer()) }),
    handle: async ({ context, principal }: Request) => (await context.privateMappings.look(principal.tenant)) ?? {},
  },
  {
    method: 'POST',
    path: '/normalise/mappings/accept',
    summary:
      'Accepts a proposal: a new version, by which studies are read from now on, the newest of those here as well',
    action: 'administer',
    body: Key,
    answer: Version,
    handle: async ({ context, principal: { tenant, id }, body }: Keyed) => ({
      version: await context.privateMappings.accept(tenant, body, id),
    }),
  },
  {
    method: 'POST',
    path: '/normalise/mappings/withdraw',
    summary: 'Takes an accepted mapping back: a new version without it; its proposal is open again',
    action: 'administer',
    body: Key,
    answer: Version,
    handle: async ({ context, principal: { tenant, id }, body }: Keyed) => ({
      version: await context.privateMappings.withdraw(tenant, body, id),
    }),
  },
  {
    method: 'POST',
    path: '/normalise/mappings/refuse',
    summary: 'Refuses a proposal: it is not asked about again',
    action: 'administer',
    body: Refusal,
    handle: async ({ context, principal, body }: Request<Static<typeof Refusal>>) =>
      context.privateMappings.refuse(principal.tenant, body, { by: principal.id, reason: body.reason }),
  },
  {
    method: 'POST',
    path: '/normalise/mappings/reopen',
    summary: 'Takes a refusal back',
    action: 'administer',
    body: Key,
    handle: async ({ context, principal, body }: Keyed) => context.privateMappings.reopen(principal.tenant, body),
  },
];
