// A page for people: whoever asks is known or told to sign in, and a failure is told in words.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Principal } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import { sendMessage } from './message-page.ts';
import { sendSignInPage } from './sign-in-page.ts';

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
    if (code === 'auth/unauthenticated') return sendSignInPage(request, reply);
    return sendMessage(reply, { status, title: 'Not shown', text: message });
  }
}
