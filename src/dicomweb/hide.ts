// DELETE of a study, series or instance (our extension to PS3.18): what is named is withdrawn from every door and answers
// 410 with the reason; its bytes stay, and `POST …/unhide` takes the withdrawal back. The reason comes from the header
// X-Reason, the query parameter `reason`, or the member `reason` of a JSON body.

import { parseMediaType } from '../base/http/media-type.ts';
import { onlyValueOf } from '../base/http/query-string.ts';
import { Problem } from '../base/problem.ts';
import type { Answer, Exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { scopeOf } from './resource.ts';

export async function hide(exchange: Exchange): Promise<Answer> {
  const { handlers, request, path } = exchange;
  const scope = scopeOf(path);
  const instances = await handlers.hide(request, scope, await reasonOf(exchange));
  if (instances === 0) throw new Problem('catalogue/not-found', { what: 'resource' });
  return { status: 204 };
}

export async function unhide({ handlers, request, path }: Exchange): Promise<Answer> {
  const instances = await handlers.unhide(request, scopeOf(path));
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ instances }) };
}

async function reasonOf(exchange: Exchange): Promise<string> {
  const header = exchange.headers['x-reason'];
  const reason = header ?? onlyValueOf(exchange.query, 'reason') ?? (await reasonOfBody(exchange)) ?? '';
  const text = String(reason)
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, limits.reasonLength);
  return text === '' ? 'no reason given' : text;
}

async function reasonOfBody({ headers, body }: Exchange): Promise<string | undefined> {
  if (parseMediaType(headers['content-type'])?.type !== 'application/json') return undefined;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.reasonBodyBytes) {
      throw new Problem('request/too-large', { what: 'reasonBodyBytes', limit: limits.reasonBodyBytes });
    }
    chunks.push(Buffer.from(chunk));
  }
  if (sizeBytes === 0) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Problem('request/malformed', { reason: 'the body is not JSON' });
  }
  const reason = typeof given === 'object' && given !== null && 'reason' in given ? given.reason : undefined;
  if (typeof reason !== 'string') throw new Problem('request/malformed', { reason: 'the body has no text `reason`' });
  return reason;
}
