// /events: the change feed of the catalogue, in the order in which changes became visible, at once, when there is something,
// or as lines that go on. No event comes twice to who hands back the cursor, and none is passed over.

import { type Static, Type } from '@sinclair/typebox';
import type { Database } from '../storage/database.ts';
import { type CatalogueEvent, EVENT_CHANNEL, readEvents } from '../storage/events.ts';
import { studyUidsOf } from '../storage/study-uids.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

export const limits = {
  /** Seconds that an answer may wait for an event. */
  wait: 55,
  /** Between two lines, in milliseconds: an empty one says that we are there. */
  silenceMs: 15_000,
  /** What was announced is visible once older transactions have ended: looked for so often. */
  lookMs: 500,
} as const;

const after = Type.Optional(
  Type.String({ pattern: '^[0-9]{1,20}\\.[0-9]{1,19}$', description: '`cursor` of the last event read' }),
);

const Query = Type.Object(
  {
    after,
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    wait: Type.Integer({
      minimum: 0,
      maximum: limits.wait,
      default: 0,
      description: 'seconds to wait where nothing has happened yet; then an empty list',
    }),
  },
  { additionalProperties: false },
);

const LinesQuery = Type.Object({ after }, { additionalProperties: false });

const Event = Type.Object({
  cursor: Type.String(),
  kind: Type.String({
    description: 'instances-kept, instance-conflict, study-patient-differs, hidden, resource-changed, …',
  }),
  studyId: Type.Optional(Type.String()),
  studyInstanceUid: Type.Optional(Type.String()),
  instanceIds: Type.Array(Type.String()),
  detail: Type.Unknown(),
  at: Type.String({ format: 'date-time' }),
});

interface Asked {
  tenant: number;
  after?: string;
  limit?: number;
}

async function eventsAfter(database: Database, asked: Asked): Promise<object[]> {
  const events = await readEvents(database, asked);
  const uids = await studyUidsOf(database, asked.tenant, [...new Set(events.flatMap(({ studyId }) => studyId ?? []))]);
  return events.map(({ cursor, kind, studyId, instanceIds, detail, at }: CatalogueEvent) => {
    const studyInstanceUid = studyId === undefined ? undefined : uids.get(studyId);
    return { cursor, kind, studyId, ...(studyInstanceUid && { studyInstanceUid }), instanceIds, detail, at };
  });
}

/** As soon as there are some; none where nothing has happened for so long. */
async function awaited(database: Database, asked: Asked, waitMs: number): Promise<object[]> {
  const until = performance.now() + waitMs;
  let hear = (): void => undefined;
  const stop = await database.notices.on(EVENT_CHANNEL, () => hear());
  try {
    for (;;) {
      const heard = new Promise<void>((resolve) => (hear = resolve));
      const events = await eventsAfter(database, asked);
      const leftMs = until - performance.now();
      if (events.length > 0 || leftMs <= 0) return events;
      const late = setTimeout(() => hear(), Math.min(leftMs, limits.lookMs));
      await heard;
      clearTimeout(late);
    }
  } finally {
    stop();
  }
}

/** One event a line, for as long as somebody reads. */
async function* lines(database: Database, asked: Asked): AsyncGenerator<Uint8Array> {
  let { after: cursor } = asked;
  for (;;) {
    const events = await awaited(database, { ...asked, ...(cursor && { after: cursor }) }, limits.silenceMs);
    cursor = (events.at(-1) as { cursor?: string } | undefined)?.cursor ?? cursor;
    yield Buffer.from(events.length === 0 ? '\n' : events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
}

export const eventRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/events',
    summary: 'What happened in the catalogue, oldest first',
    action: 'administer',
    query: Query,
    answer: Type.Array(Event),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) => {
      const { wait, ...asked } = query;
      return awaited(context.database, { ...asked, tenant: principal.tenant }, wait * 1000);
    },
  },
  {
    method: 'GET',
    path: '/events/lines',
    summary: 'What happens in the catalogue, an event a line, without an end; empty lines between',
    action: 'administer',
    query: LinesQuery,
    answer: Event,
    mediaType: 'application/x-ndjson',
    async handle({ context, principal, query }: ApiRequest<unknown, Static<typeof LinesQuery>, unknown>) {
      return lines(context.database, { ...query, tenant: principal.tenant });
    },
  },
];
