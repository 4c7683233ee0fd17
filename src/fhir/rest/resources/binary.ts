// Binary (R4 binary.html#rest): content of any media type, sent and served as it is, or as a resource in JSON or XML where
// the client names that form.

import type { Binary, Resource } from '@medplum/fhirtypes';
import { parseMediaType } from '../../../base/http/media-type.ts';
import { Problem } from '../../../base/problem.ts';
import { type Answer, type Exchange, etagOf } from '../exchange.ts';
import { isFhir, namedFormat } from '../negotiate.ts';
import { answerOf, nameOf } from './read.ts';
import { createResource, updateResource } from './write.ts';

export async function readBinary(exchange: Exchange): Promise<Answer> {
  const { handlers, request, headers, query } = exchange;
  const binary = await handlers.resources.read(request, nameOf(exchange));
  const answer = answerOf(exchange, binary);
  if (answer.status !== 200 || namedFormat(headers.accept, query) !== undefined) return answer;
  const { contentType, data = '' } = binary as Binary;
  return {
    status: 200,
    headers: { ...etagOf(binary), 'Content-Disposition': 'attachment' },
    content: { mediaType: contentType, bytes: Buffer.from(data, 'base64') },
  };
}

export const createBinary = (exchange: Exchange): Promise<Answer> => createResource(asResource(exchange));

export function updateBinary(exchange: Exchange): Promise<Answer> {
  return updateResource(asResource(exchange, nameOf(exchange).id));
}

/** A body that is no FHIR is the content of a Binary. */
function asResource(exchange: Exchange, id?: string): Exchange {
  const { headers, bytes } = exchange;
  if (isFhir(headers['content-type'])) return exchange;
  return {
    ...exchange,
    resource: async (): Promise<Resource> => {
      const mediaType = parseMediaType(headers['content-type']);
      if (mediaType === undefined) throw new Problem('request/unsupported-media-type', { mediaType: 'of the body' });
      const data = Buffer.from(await bytes()).toString('base64');
      const context = headers['x-security-context'];
      return {
        resourceType: 'Binary',
        ...(id !== undefined && { id }),
        contentType: headers['content-type']!,
        ...(typeof context === 'string' && { securityContext: { reference: context } }),
        ...(data !== '' && { data }),
      } as Binary;
    },
  };
}
