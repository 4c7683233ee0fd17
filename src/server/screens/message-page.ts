// A page of one sentence: what is being prepared, what cannot be shown and why.

import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../../viewer/html.ts';
import { sendPlainPage } from './plain-page.ts';

export interface Message {
  status: number;
  title: string;
  text: string;
  /** The page loads itself again after so many seconds. */
  reloadSeconds?: number;
}

export function sendMessage(reply: FastifyReply, { status, title, text, reloadSeconds }: Message): FastifyReply {
  const head = reloadSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${reloadSeconds}">`;
  return sendPlainPage(reply, { status, title, body: `<p>${escapeHtml(text)}</p>`, head });
}

export const beingPrepared: Message = {
  status: 503,
  title: 'One moment',
  text: 'This page is being prepared. It will show itself in a few seconds.',
  reloadSeconds: 2,
};
