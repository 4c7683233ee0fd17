// A page for people: whoever asks is known or told to sign in, and a failure is told in words.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Principal } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import { sendMessage } from './message-page.ts';

export const authenticate = (authenticator: Authenticator, { headers, ip }: FastifyRequest): Promise<Principal> =>
  authenticator.authenticate({ authorization: headers.authorization, cookie: headers.cookie, remoteAddress: ip });

export async function asPage(
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    const { answers, message, code } = asProblem(error, { requestId: request.id });
    const status = answers.http;
    if (status >= 500) throw error;
    if (code !== 'auth/unauthenticated') return sendMessage(reply, { status, title: 'Not shown', text: message });
    // The session's cookie is strict: it is not sent where another system's page led here, but is where this page does.
    const isLed = request.headers['sec-fetch-site'] === 'cross-site';
    return sendMessage(reply, {
      status,
      title: 'Sign in first',
      text: 'Open the sign-in link that the node printed when it started, then this address again.',
      ...(isLed && { reloadSeconds: 0 }),
    });
  }
}
