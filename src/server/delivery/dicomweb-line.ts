// Deliveries by STOW-RS, PS3.18 10.5: one request for each object, its file streamed from the store.

import { randomUUID } from 'node:crypto';
import { Problem } from '../../base/problem.ts';
import type { Form, ObjectLine, Outcome, Questions } from '../../delivery/line.ts';
import { storeOutcome } from '../../delivery/store-outcome.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { type Depart, departing } from './departure.ts';
import { madeDeparture } from './made-departure.ts';

export const limits = {
  /** Neither bytes go nor an answer comes. */
  answerMs: 120_000,
  /** Bytes of an answer that are read. */
  answerBytes: 1_000_000,
  /** Objects that one question asks for. */
  page: 500,
} as const;

export interface DicomwebTarget {
  /** The DICOMweb root. */
  url: string;
  /** Sent as `Authorization`. */
  authorization?: string;
  /** Absent: it is not asked what it has. */
  askAfterMs?: number;
}

type Json = Record<string, { Value?: unknown[] } | undefined>;

export class DicomwebLine implements ObjectLine {
  #ending: AbortController | undefined;
  readonly questions?: Questions;
  readonly #target: DicomwebTarget;
  readonly #depart: Depart;

  constructor(target: DicomwebTarget, depart: Depart) {
    this.#target = target;
    this.#depart = depart;
    const { askAfterMs } = target;
    if (askAfterMs !== undefined) this.questions = { askAfterMs, held: (study, series) => this.#held(study, series) };
  }

  send(instance: KeptInstance, form: Form): Promise<Outcome> {
    return departing(this.#depart, instance, form, ({ file }) => this.#post(file()));
  }

  sendMade(dataset: DataSet): Promise<Outcome> {
    return this.#post(madeDeparture(dataset).file());
  }

  async #post(file: AsyncIterable<Uint8Array>): Promise<Outcome> {
    const { url, authorization } = this.#target;
    const boundary = randomUUID();
    const ending = new AbortController();
    this.#ending = ending;
    // A large object may take long; an answer, or a receiver that takes nothing more, may not.
    const silence = setTimeout(() => ending.abort(), limits.answerMs);
    try {
      const response = await fetch(`${url}/studies`, {
        method: 'POST',
        headers: {
          'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
          Accept: 'application/dicom+json',
          ...(authorization && { Authorization: authorization }),
        },
        body: ReadableStream.from(part(boundary, file, () => silence.refresh())),
        duplex: 'half',
        redirect: 'error',
        signal: ending.signal,
      } as RequestInit).catch((cause) => {
        throw new Problem('delivery/not-now', {}, cause);
      });
      silence.refresh();
      return outcomeOf(response.status, await shortText(response));
    } finally {
      clearTimeout(silence);
    }
  }

  /** By QIDO-RS, PS3.18 10.6, page by page. */
  async #held(studyInstanceUid: string, seriesInstanceUid: string): Promise<ReadonlySet<string>> {
    const { url, authorization } = this.#target;
    const held = new Set<string>();
    for (;;) {
      const query = `limit=${limits.page}&offset=${held.size}&includefield=00080018`;
      const response = await fetch(
        `${url}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances?${query}`,
        {
          headers: { Accept: 'application/dicom+json', ...(authorization && { Authorization: authorization }) },
          redirect: 'error',
          signal: AbortSignal.timeout(limits.answerMs),
        },
      ).catch((cause) => {
        throw new Problem('delivery/not-now', {}, cause);
      });
      if (response.status === 204 || response.status === 404) return held;
      if (!response.ok) throw new Problem('delivery/not-now');
      const before = held.size;
      for (const match of (await response.json()) as Json[]) {
        const uid = match['00080018']?.Value?.[0];
        if (typeof uid === 'string') held.add(uid);
      }
      // A server that gives all of it at once, or the same page again, has nothing more.
      if (held.size - before < limits.page) return held;
    }
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#ending?.abort();
  }
}

/** PS3.18 Table 10.5.3-1, and PS3.18 I for the reasons of a failure. */
export function outcomeOf(status: number, body: string): Outcome {
  // Nobody is let in, or nothing is there: it is not about this object.
  if (status === 401 || status === 403 || status === 404 || status === 502 || status === 504)
    throw new Problem('delivery/not-now');
  if (status === 200 || status === 202 || status === 409) {
    const failure = firstFailure(body);
    if (failure !== undefined) return storeOutcome(failure);
    if (status !== 409) return { taken: true, status: 0 };
  }
  if (status === 408 || status === 429 || status >= 500) return { later: 'delivery/not-now', status };
  return { refused: 'delivery/refused', status };
}

/** Failure Reason (0008,1197) of the first item of Failed SOP Sequence (0008,1198). */
function firstFailure(body: string): number | undefined {
  try {
    const answer = JSON.parse(body) as Json | Json[];
    const item = (Array.isArray(answer) ? answer[0] : answer)?.['00081198']?.Value?.[0] as Json | undefined;
    const reason = item?.['00081197']?.Value?.[0];
    return typeof reason === 'number' ? reason : undefined;
  } catch {
    return undefined;
  }
}

/** `alive` is called with each piece. */
async function* part(boundary: string, file: AsyncIterable<Uint8Array>, alive: () => void): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  for await (const chunk of file) {
    alive();
    yield chunk;
  }
  yield text.encode(`\r\n--${boundary}--\r\n`);
}

async function shortText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > limits.answerBytes) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
