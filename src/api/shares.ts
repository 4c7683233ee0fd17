// /shares: links that open one study to somebody without an account, until a day. The link is in the answer that creates it
// and nowhere else.

import { type Static, Type } from '@sinclair/typebox';
import { createShare, listShares, revokeShare } from '../auth/shares.ts';
import { systemClock } from '../base/clock.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Time = Type.String({ format: 'date-time' });
const StudyUid = Type.String({ pattern: '^[0-9.]{1,64}$' });

const NewShare = Type.Object(
  {
    studyUid: StudyUid,
    expiresIn: Type.Integer({ minimum: 60, description: 'seconds' }),
    watermark: Type.String({
      minLength: 1,
      maxLength: 100,
      default: 'Shared copy',
      description: 'drawn over the images: for whom, by whom',
    }),
  },
  { additionalProperties: false },
);

const id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const shareRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/shares',
    summary: 'A link to one study; `url` in the answer is shown this once',
    action: 'share',
    body: NewShare,
    studyUid: (body) => (body as Static<typeof NewShare>).studyUid,
    answer: Type.Object({ id: Type.String(), url: Type.String(), expiresAt: Time }),
    async handle({ context, principal, body, origin }: ApiRequest<unknown, unknown, Static<typeof NewShare>>) {
      const expiresAt = new Date(systemClock.now() + body.expiresIn * 1000);
      const wanted = { ...body, tenant: principal.tenant, expiresAt };
      const { id, secret } = await createShare(context.database, wanted, systemClock);
      return { id, url: `${origin}/share/${secret}`, expiresAt };
    },
  },
  {
    method: 'GET',
    path: '/shares',
    summary: 'The links there are, without their secrets',
    action: 'share',
    answer: Type.Array(
      Type.Object({
        id: Type.String(),
        studyUid: StudyUid,
        watermark: Type.String(),
        createdAt: Time,
        expiresAt: Time,
        revokedAt: Type.Union([Time, Type.Null()]),
      }),
    ),
    async handle({ context, principal }: ApiRequest<unknown, unknown, unknown>) {
      const shares = await listShares(context.database, principal.tenant);
      return shares.map(({ tenant: _, ...share }) => share);
    },
  },
  {
    method: 'DELETE',
    path: '/shares/{id}',
    summary: 'Ends a link at once, on every node',
    action: 'share',
    params: id,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof id>, unknown, unknown>) =>
      revokeShare(context.database, principal.tenant, params.id),
  },
];
