// Read of a person (R4 http.html#read): what is known of one, with every identifier that any source knows it by. A
// registration that was replaced answers with the link to its successor.

import { Problem } from '../../base/problem.ts';
import { isOfForm } from '../primitive.ts';
import { subset } from '../subset.ts';
import { type Answer, type Exchange, etagOf } from './exchange.ts';
import { searchRequest } from './search-request.ts';

export async function readPatient({ handlers, request, path, query, headers }: Exchange): Promise<Answer> {
  if (!isOfForm('id', path.id!)) throw new Problem('catalogue/not-found', { what: 'Patient' });
  const { summary, elements } = searchRequest(query, headers.prefer as string | undefined);
  const person = await handlers.identity.person(request, path.id!);
  const validators = etagOf(person);
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (validators.ETag !== undefined && known?.includes(validators.ETag)) return { status: 304, headers: validators };
  return { status: 200, headers: validators, resource: subset(person, summary, elements) };
}
