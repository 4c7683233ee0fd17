// Requests to a FHIR server, one at a time. FHIR R4 http.html.

import { Problem } from '../../base/problem.ts';
import type { Settings } from './settings-schemas.ts';

export const limits = {
  /** Neither bytes go nor an answer comes. */
  answerMs: 120_000,
} as const;

export class FhirClient {
  readonly #base: string;
  readonly #authorization: string | undefined;
  #ending = new AbortController();

  constructor({ url, authorization }: Settings<'fhir'>) {
    this.#base = url.replace(/\/+$/, '');
    this.#authorization = authorization;
  }

  /** `path`: below the base. Rejects with delivery/not-now where there is no answer. */
  async send(
    method: string,
    path: string,
    body?: string | AsyncIterable<Uint8Array>,
    contentType?: string,
  ): Promise<Response> {
    const ending = new AbortController();
    this.#ending = ending;
    const silence = setTimeout(() => ending.abort(), limits.answerMs);
    try {
      return await fetch(`${this.#base}/${path}`, {
        method,
        headers: {
          Accept: 'application/fhir+json',
          Prefer: 'return=minimal',
          ...(contentType && { 'Content-Type': contentType }),
          ...(this.#authorization && { Authorization: this.#authorization }),
        },
        ...(body !== undefined && {
          body: typeof body === 'string' ? body : ReadableStream.from(alive(body, () => silence.refresh())),
          duplex: 'half',
        }),
        redirect: 'error',
        signal: ending.signal,
      } as RequestInit);
    } catch (cause) {
      throw new Problem('delivery/not-now', {}, cause);
    } finally {
      clearTimeout(silence);
    }
  }

  /** `Type/id` of what an answer says was made, with its version where it tells it. Rejects with delivery/refused. */
  async referenceOf(answer: Response, type: string): Promise<string> {
    const location = answer.headers.get('location') ?? answer.headers.get('content-location') ?? '';
    const path = new RegExp(`(?:^|/)(${type}/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]+)?$`).exec(location)?.[1];
    if (path !== undefined) {
      await answer.body?.cancel();
      return path;
    }
    const made = (await answer.json().catch(() => undefined)) as { resourceType?: string; id?: string } | undefined;
    if (made?.resourceType === type && made.id !== undefined) return `${type}/${made.id}`;
    throw new Problem('delivery/refused');
  }

  abort(): void {
    this.#ending.abort();
  }
}

async function* alive(chunks: AsyncIterable<Uint8Array>, touch: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    touch();
    yield chunk;
  }
}
