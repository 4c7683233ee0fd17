// The one-time link that `fascia start` prints: it is spent for a session cookie, and leads to the page
// that was asked for, or the first.

import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../audit/writer.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { sessionCookie } from '../../auth/session-cookie.ts';
import { redeemSignIn } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import { asProblem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';

export const signInPath = (secret: string): string => `/sign-in?token=${secret}`;

export function registerSignIn(app: FastifyInstance, { database, audit }: { database: Database; audit: Audit }): void {
  app.get<{ Querystring: { token?: string; to?: string } }>('/sign-in', async (request, reply) => {
    const row = {
      tenant: DEFAULT_TENANT,
      principal: 'unknown',
      door: 'console' as const,
      action: 'sign-in',
      requestId: request.id,
      remoteAddress: request.ip,
    };
    try {
      const session = await redeemSignIn(database, secretIn(request.query.token ?? ''), systemClock);
      await audit.record({ ...row, outcome: 'success' });
      reply.header('set-cookie', sessionCookie(session, { secure: request.protocol === 'https' }));
      // The secret must not stay in the address bar, nor go on as a Referer.
      return reply
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-store')
        .redirect(ownPath(request.query.to), 303);
    } catch (error) {
      await audit.record({ ...row, outcome: asProblem(error).code });
      throw error;
    }
  });
}

/** Of the whole link too, as people copy it. */
export const secretIn = (text: string): string => text.trim().replace(/^.*[?&]token=/, '');

/** Where a person was when they were asked to sign in: a path of this node's pages, never another site. */
export const ownPath = (to: string | undefined): string => (to !== undefined && /^\/[\w.]/.test(to) ? to : '/');
