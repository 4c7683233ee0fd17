// How we ask an EHR, and what is read of its answers: JSON, no more of it than a limit.

import { allowInsecureRequests } from 'oauth4webapi';
import type { Ehr } from '../../base/ehr.ts';
import { Problem } from '../../base/problem.ts';

export const limits = {
  answerMs: 15_000,
  answerBytes: 1 << 20,
};

/** For each request by oauth4webapi: the setting accepts http on loopback alone. */
export const requestOptions = ({ issuer }: Ehr) => ({
  [allowInsecureRequests]: issuer.startsWith('http:'),
  signal: () => AbortSignal.timeout(limits.answerMs),
});

export const failed = (ehr: Ehr, reason: string, cause?: unknown): Problem =>
  new Problem('launch/ehr-failed', { ehr: ehr.name, reason }, cause);

/** Rejects with launch/ehr-failed. */
export async function jsonOf(ehr: Ehr, response: Response): Promise<unknown> {
  if (!response.ok) {
    await response.body?.cancel();
    throw failed(ehr, `it answered ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      sizeBytes += chunk.length;
      if (sizeBytes > limits.answerBytes) break;
      chunks.push(chunk);
    }
    if (sizeBytes <= limits.answerBytes) return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw failed(ehr, 'its answer is no JSON', cause);
  }
  throw failed(ehr, `its answer is longer than ${limits.answerBytes} bytes`);
}
