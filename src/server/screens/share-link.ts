// `/share/{secret}`: a study that was given away. The secret becomes a cookie, and the address bar shows the study instead.

import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../audit/writer.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { shareCookie } from '../../auth/session-cookie.ts';
import { openShare } from '../../auth/shares.ts';
import { systemClock } from '../../base/clock.ts';
import { asProblem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { sendMessage } from './message-page.ts';

export function registerShareLink(
  app: FastifyInstance,
  { database, audit }: { database: Database; audit: Audit },
): void {
  app.get<{ Params: { secret: string } }>('/share/:secret', async (request, reply) => {
    const row = { door: 'console' as const, action: 'open-share', requestId: request.id, remoteAddress: request.ip };
    try {
      const { tenant, id, studyUid, expiresAt } = await openShare(database, request.params.secret, systemClock);
      await audit.record({ ...row, tenant, principal: id, studyUid, outcome: 'success' });
      const cookie = shareCookie(
        { secret: request.params.secret, expiresAt },
        { secure: request.protocol === 'https' },
      );
      reply.header('set-cookie', cookie).header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
      return reply.redirect(`/look/${studyUid}`, 303);
    } catch (error) {
      const { code, answers } = asProblem(error, { requestId: request.id });
      await audit.record({ ...row, tenant: DEFAULT_TENANT, principal: 'unknown', outcome: code });
      if (code !== 'auth/unauthenticated') throw error;
      const text = 'It has expired or was taken back. Ask whoever gave it to you for a new one.';
      return sendMessage(reply, { status: answers.http, title: 'This link is no longer good', text });
    }
  });
}
