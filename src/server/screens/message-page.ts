// A page of one sentence: what is being prepared, what cannot be shown and why.

import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../../viewer/html.ts';

export interface Message {
  status: number;
  title: string;
  text: string;
  /** The page loads itself again after so many seconds. */
  reloadSeconds?: number;
}

export function sendMessage(reply: FastifyReply, { status, title, text, reloadSeconds }: Message): FastifyReply {
  const again = reloadSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${reloadSeconds}">`;
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
    .send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${again}
<title>${escapeHtml(title)}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem; color-scheme: light dark }</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
</html>
`);
}

export const beingPrepared: Message = {
  status: 503,
  title: 'One moment',
  text: 'This page is being prepared. It will show itself in a few seconds.',
  reloadSeconds: 2,
};
