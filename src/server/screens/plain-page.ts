// A page without scripts: a title, a few lines, a form. Everything in it is put there as text or made by us.

import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../../viewer/html.ts';

export interface PlainPage {
  status: number;
  title: string;
  /** HTML. */
  body: string;
  /** Further elements of the head, as HTML. */
  head?: string;
}

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem; color-scheme: light dark }
input, button { font: inherit; padding: .4rem .6rem } input { width: 100%; box-sizing: border-box; margin: .3rem 0 .8rem }
li { margin: .6rem 0 }`;

export function sendPlainPage(reply: FastifyReply, { status, title, body, head = '' }: PlainPage): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
${body}
</html>
`);
}
