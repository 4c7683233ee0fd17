// What somebody sees who is not signed in: where the link is, and a field for it where it cannot be opened from there.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '../../viewer/html.ts';
import { sendPlainPage } from './plain-page.ts';

/** The page that was asked for is opened once the link is spent. */
export function sendSignInPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // The session's cookie is strict: it is not sent where another system's page led here, but is where this page does.
  const isLed = request.headers['sec-fetch-site'] === 'cross-site';
  return sendPlainPage(reply, {
    status: 401,
    title: 'Sign in first',
    head: isLed ? '<meta http-equiv="refresh" content="0">' : undefined,
    body: `<p>Open the sign-in link that the node printed when it started, or put it in here. It is good once.</p>
<form action="/sign-in" method="get">
<input type="hidden" name="to" value="${escapeHtml(request.url)}">
<label>Sign-in link <input name="token" required autocomplete="off" spellcheck="false"></label>
<button>Sign in</button>
</form>`,
  });
}
