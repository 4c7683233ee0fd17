// /reading/readers: who reads, by what right, and when they are there.

import { type Static, Type } from '@sinclair/typebox';
import type { Forecast } from '../reading/readers/expiring.ts';
import type { Reader } from '../reading/readers/reader.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of readers, as one principal: of the provider's room, or of a client that has a contract with it. */
export interface ApiReaders {
  list(): Promise<Reader[]>;
  /** Rejects with catalogue/not-found. */
  get(id: string): Promise<Reader>;
  /** Rejects with request/malformed: every fault; with auth/forbidden. */
  put(document: unknown): Promise<Reader>;
  /** What the client grants, instead of what it granted before. Rejects as `put`, and with catalogue/not-found. */
  grant(id: string, document: unknown): Promise<Reader>;
  /** When the reader is there from now on. Rejects as `grant`. */
  putShifts(id: string, document: unknown): Promise<Reader>;
  expiring(days: number): Promise<Forecast>;
  /** Throws request/malformed where this tenant is not the room in which the reader reads. */
  requireOwn(id: string): void;
}

/** Read by reading/readers/reader-schema.ts, which names all faults at once. */
const ReaderBody = Type.Object({}, { additionalProperties: true, description: 'a reader, as docs/reading.md has it' });
const Row = Type.Object({}, { additionalProperties: true });
const ReaderAnswer = Type.Object({ id: Type.String(), provider: Type.String() }, { additionalProperties: true });
const ById = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
const Days = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 3660, default: 90 }) });

const Expiring = Type.Object({
  expiring: Type.Array(
    Type.Object({
      what: Type.String(),
      reader: Type.Optional(Type.String()),
      row: Type.String(),
      until: Type.String(),
      casesWithoutReader: Type.Integer({
        description: 'cases of the last 30 days that it lets somebody read, and that nobody could read then',
      }),
    }),
  ),
  cases: Type.Integer({ description: 'cases of the last 30 days' }),
  casesWithoutReader: Type.Integer(),
});

export const readingReaderRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/readers',
    summary: 'Who reads, with licences, privileges and shifts',
    action: 'administer',
    answer: Type.Array(ReaderAnswer),
    handle: ({ context, principal }: ApiRequest<unknown, unknown, unknown>) => context.readers(principal).list(),
  },
  {
    method: 'POST',
    path: '/reading/readers',
    summary: 'A reader, or what is known of one from now on',
    action: 'administer',
    body: ReaderBody,
    answer: ReaderAnswer,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, unknown>) =>
      context.readers(principal).put(body),
  },
  {
    method: 'GET',
    path: '/reading/readers/expiring',
    summary: 'What of readers and contracts ends within so many days, and which cases nobody could read then',
    action: 'administer',
    query: Days,
    answer: Expiring,
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Days>, unknown>) =>
      context.readers(principal).expiring(query.days),
  },
  {
    method: 'GET',
    path: '/reading/readers/{id}',
    summary: 'One reader',
    action: 'administer',
    params: ById,
    answer: ReaderAnswer,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof ById>, unknown, unknown>) =>
      context.readers(principal).get(params.id),
  },
  {
    method: 'PUT',
    path: '/reading/readers/{id}',
    summary: 'What is known of a reader from now on',
    action: 'administer',
    params: ById,
    body: ReaderBody,
    answer: ReaderAnswer,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ById>, unknown, object>) =>
      context.readers(principal).put({ ...body, id: params.id }),
  },
  {
    method: 'PUT',
    path: '/reading/readers/{id}/privileges',
    summary: 'What the client grants a reader, instead of what it granted before',
    action: 'administer',
    params: ById,
    body: Type.Array(Row),
    answer: ReaderAnswer,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ById>, unknown, unknown>) =>
      context.readers(principal).grant(params.id, body),
  },
  {
    method: 'PUT',
    path: '/reading/readers/{id}/shifts',
    summary: 'When a reader is there from now on; in force on every node at once',
    action: 'administer',
    params: ById,
    body: Type.Array(Row),
    answer: ReaderAnswer,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ById>, unknown, unknown>) =>
      context.readers(principal).putShifts(params.id, body),
  },
];
