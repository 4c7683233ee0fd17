// A service that proposes what to write: it is told the case and the texts as the reader has them, never more, and what it
// answers is a proposal. It holds no credential of a reader, so that nothing of it is signed before one made it theirs.

import { Value } from '@sinclair/typebox/value';
import { Problem } from '../../base/problem.ts';
import { ContentSchema } from '../../reading/content/content-schema.ts';
import { textOf } from '../../reading/content/content-text.ts';
import type { ReportContent } from '../../reading/content/report-content.ts';
import type { ReportFacts } from '../../reading/content/report-facts.ts';
import type { Proposed } from '../../reading/store/drafts.ts';

export const limits = {
  answerMs: 30_000,
  answerBytes: 500_000,
} as const;

export interface DraftServiceOptions {
  url: string;
  /** Bearer token for it. */
  token?: string | undefined;
}

/** Rejects with delivery/not-now, delivery/refused. `begun`: what is written already. */
export async function askForProposal(
  { url, token }: DraftServiceOptions,
  facts: ReportFacts,
  begun: ReportContent,
): Promise<Proposed> {
  // What was looked at by whom is nobody else's.
  const { proposed: _, ...asked } = facts;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ facts: asked, content: begun }),
    redirect: 'error',
    signal: AbortSignal.timeout(limits.answerMs),
  }).catch((cause) => {
    throw new Problem('delivery/not-now', {}, cause);
  });
  const answer = await bodyOf(response);
  if (!response.ok) throw new Problem(response.status >= 500 ? 'delivery/not-now' : 'delivery/refused');
  const { by, content } = parsed(answer);
  return { by, content, text: textOf(content) };
}

async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > limits.answerBytes) throw new Problem('delivery/refused');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(answer: string): { by: string; content: ReportContent } {
  let said: { by?: unknown; content?: unknown };
  try {
    said = JSON.parse(answer);
  } catch (cause) {
    throw new Problem('delivery/refused', {}, cause);
  }
  if (!Value.Check(ContentSchema, said.content)) throw new Problem('delivery/refused');
  return {
    by: typeof said.by === 'string' && said.by !== '' ? said.by.slice(0, 100) : 'a program',
    content: said.content,
  };
}
