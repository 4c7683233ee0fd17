// The channel rest-hook: one request, to an address that hook-networks.ts lets us go to, over TLS as BCP 195 has it where the
// URL says https. Redirects are not followed: they would lead where nobody looked.

import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { Problem } from '../../base/problem.ts';
import { bcp195 } from '../../base/tls.ts';
import { httpOutcome } from '../delivery/http-outcome.ts';
import type { HookNetworks } from './hook-networks.ts';

export interface HookCall {
  method: 'POST' | 'PUT';
  endpoint: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** Absent: an empty body. */
  content?: { type: string; text: string };
  timeoutSeconds: number;
  signal: AbortSignal;
}

/** Resolves once it was taken. Rejects with fhir/hook-forbidden, delivery/not-now, delivery/not-admitted, delivery/refused. */
export async function callHook(
  networks: HookNetworks,
  { method, endpoint, headers, content, timeoutSeconds, signal }: HookCall,
): Promise<void> {
  const url = new URL(endpoint);
  networks.check(url);
  const bytes = Buffer.from(content?.text ?? '');
  const options = {
    method,
    headers: {
      ...Object.fromEntries(headers),
      ...(content && { 'Content-Type': content.type }),
      'Content-Length': bytes.length,
    },
    lookup: networks.lookup,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]),
    // Each has its own connection, and a receiver that went away is found out at once.
    agent: false,
  } as const;
  const status = await new Promise<number>((resolve, reject) => {
    const call = url.protocol === 'https:' ? tlsRequest(url, { ...options, ...bcp195 }) : plainRequest(url, options);
    call.on('response', (response) => {
      // What is said beyond the status is of no use here.
      response.on('error', () => undefined).resume();
      resolve(response.statusCode!);
    });
    call.on('error', reject);
    call.end(bytes);
  }).catch((thrown) => {
    throw thrown instanceof Problem ? thrown : new Problem('delivery/not-now', {}, thrown);
  });
  const outcome = httpOutcome(status);
  if (!('taken' in outcome)) throw new Problem(asCode(outcome));
}

const asCode = (outcome: object): 'delivery/refused' | 'delivery/not-now' =>
  'refused' in outcome ? 'delivery/refused' : 'delivery/not-now';
