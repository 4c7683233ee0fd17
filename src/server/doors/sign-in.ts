// The one-time link that `fascia start` prints: it is spent for a session cookie, and leads to the page that was asked for,
// or the first. `/sign-out` ends a session.

import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../audit/writer.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { sessionCookie } from '../../auth/session-cookie.ts';
import { redeemSignIn, revokeToken } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import { asProblem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';

export const signInPath = (secret: string): string => `/sign-in?token=${secret}`;

export function registerSignIn(
  app: FastifyInstance,
  { database, audit, authenticator }: { database: Database; audit: Audit; authenticator: Authenticator },
): void {
  app.get('/sign-out', async ({ headers, ip, id, protocol }, reply) => {
    const credentials = { cookie: headers.cookie, remoteAddress: ip };
    const session = await authenticator.authenticate(credentials).catch(() => undefined);
    if (session?.kind === 'session') {
      const row = { tenant: session.tenant, principal: session.id, requestId: id, remoteAddress: ip };
      await audit.record({ ...row, door: 'console', action: 'sign-out', outcome: 'success' });
      await revokeToken(database, session.tenant, session.id.replace('session:', ''), 'session');
    }
    const ended = { secret: '', expiresAt: new Date(0) };
    reply.header('set-cookie', sessionCookie(ended, { secure: protocol === 'https' }));
    return reply.header('cache-control', 'no-store').redirect('/', 303);
  });
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
