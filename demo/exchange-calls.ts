// Calls of /api/v1, /fhir/R4 and /dicomweb as whoever the story is about just now.

import { setTimeout as pause } from 'node:timers/promises';
import type { Bearer } from '../test/support/token.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever a path answers.
export type Answer = any;

export interface Caller {
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  put(path: string, body: object): Promise<Answer>;
  /** Whatever it answers. */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: Answer }>;
}

/** Paths begin with `/`. What is refused ends the story. */
export function callerOf(url: string, who: Bearer): Caller {
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        Accept: path.startsWith('/dicomweb') ? 'application/dicom+json' : 'application/json',
        ...who,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const done = async (method: string, path: string, body?: object) => {
    const answer = await ask(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    ask,
    get: (path) => done('GET', path),
    post: (path, body) => done('POST', path, body ?? {}),
    put: (path, body) => done('PUT', path, body),
  };
}

const limits = { onceMs: 60_000, betweenMs: 100 };

/** What is looked for, as soon as it is there: other systems are told by nobody when a node has done its work. */
export async function once<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const until = Date.now() + limits.onceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${what} did not come`);
    await pause(limits.betweenMs);
  }
}
