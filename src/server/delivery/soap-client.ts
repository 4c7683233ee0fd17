// Messages by SOAP 1.2 over HTTP to one endpoint, as MTOM/XOP (ITI TF-2 Appendix V.3): what is said, and what comes back as
// it comes.

import { randomUUID } from 'node:crypto';
import { Problem } from '../../base/problem.ts';
import type { OutgoingPart } from '../../dicomweb/multipart/writer.ts';
import { envelope } from '../../xds/envelope.ts';
import { limits as messageLimits } from '../../xds/limits.ts';
import { type MtomToken, mtomBody, readMtom } from '../../xds/mtom.ts';

export const limits = {
  /** Until an answer begins. */
  answerMs: 120_000,
} as const;

export interface SoapEndpoint {
  url: string;
  authorization?: string;
}

export interface SoapAnswer {
  /** Of HTTP. */
  status: number;
  /** Reject with delivery/not-now where what comes is no message, or ends too early; absent where it says to be none. */
  tokens?: AsyncGenerator<MtomToken, void, undefined>;
}

/** Rejects with delivery/not-now where there is no answer. */
export async function soapCall(
  { url, authorization }: SoapEndpoint,
  { action, body, documents = [] }: { action: string; body: string; documents?: readonly OutgoingPart[] },
  signal: AbortSignal,
): Promise<SoapAnswer> {
  const messageId = `urn:uuid:${randomUUID()}`;
  const { contentType, chunks } = mtomBody(envelope({ action, messageId, to: url }, body), () => documents);
  const silence = new AbortController();
  const late = setTimeout(() => silence.abort(), limits.answerMs);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        // SOAP 1.2 Part 2 7.4: some dispatch by it and do not look into the envelope.
        'Content-Type': `${contentType}; action="${action}"`,
        ...(authorization && { Authorization: authorization }),
      },
      body: Buffer.concat(await Array.fromAsync(chunks)),
      redirect: 'error',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const type = answer.headers.get('content-type') ?? '';
    if (answer.body !== null && /^(multipart\/related|application\/soap\+xml)\b/i.test(type)) {
      return { status: answer.status, tokens: told(type, answer.body as AsyncIterable<Uint8Array>) };
    }
    await answer.body?.cancel();
    return { status: answer.status };
  } catch (cause) {
    throw new Problem('delivery/not-now', {}, cause);
  } finally {
    clearTimeout(late);
  }
}

async function* told(type: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<MtomToken, void, undefined> {
  const tokens = readMtom(type, body, messageLimits.answerBytes);
  for (;;) {
    const next = await tokens.next().catch((cause) => {
      throw new Problem('delivery/not-now', {}, cause);
    });
    if (next.done) return;
    yield next.value;
  }
}
