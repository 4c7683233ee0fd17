// Notices of studies to a web application: JSON, signed as Standard Webhooks 1.0 has it, so that the libraries of its
// receivers check it. What is told again bears the same id.

import { createHmac } from 'node:crypto';
import { Problem } from '../../base/problem.ts';
import type { NoticeLine, Outcome } from '../../delivery/line.ts';
import { httpOutcome } from './http-outcome.ts';
import type { Settings } from './settings-schemas.ts';
import { type Noticing, noticed, type StudyNotice } from './study-notice.ts';

export const limits = {
  /** Standard Webhooks: receivers are given 15 to 30 s. */
  answerMs: 30_000,
} as const;

const usualFacts = ['study', 'source'];

export class WebhookLine implements NoticeLine {
  readonly #settings: Settings<'webhook'>;
  readonly #notice: Noticing;
  readonly #ending = new AbortController();

  constructor(settings: Settings<'webhook'>, notice: Noticing) {
    this.#settings = settings;
    this.#notice = notice;
  }

  tell(...of: Parameters<Noticing>): Promise<Outcome> {
    return noticed(this.#notice, of, (notice) => this.#post(notice));
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#ending.abort();
  }

  #post(notice: StudyNotice): Promise<Outcome> {
    const message = messageOf(notice, this.#settings.facts ?? usualFacts);
    return postSigned(this.#settings, { id: notice.id, at: notice.at, message }, this.#ending.signal);
  }
}

/** Posts one message. Rejects where nobody can be told just now, whatever the message. */
export async function postSigned(
  { url, secret }: Pick<Settings<'webhook'>, 'url' | 'secret'>,
  { id, at, message }: { id: string; at: Date; message: object },
  ending?: AbortSignal,
): Promise<Outcome> {
  const body = JSON.stringify(message);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature(secret, `${id}.${timestamp}.${body}`),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.any([...(ending ? [ending] : []), AbortSignal.timeout(limits.answerMs)]),
  }).catch((cause) => {
    throw new Problem('delivery/not-now', {}, cause);
  });
  await response.body?.cancel();
  return httpOutcome(response.status, `HTTP ${response.status}`);
}

function messageOf({ at, facts, instances }: StudyNotice, groups: readonly string[]) {
  const told = Object.fromEntries(Object.entries(facts).filter(([group]) => groups.includes(group)));
  const { uid } = facts.study;
  const data = { tenant: facts.tenant, studyInstanceUid: uid, newInstances: instances.length, ...told };
  return { type: 'study.arrived', timestamp: at.toISOString(), data };
}

/** `secret`: whsec_ and the Base64 of the key. */
function signature(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
