// /reading/cases/next and …/explain: a reader is given a case, and anybody who may see one is told why it went where it went.

import { type Static, Type } from '@sinclair/typebox';
import type { Principal } from '../auth/principal.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of dispatch; answers are JSON as they are. */
export interface ApiDispatch {
  /** The case that the reader has from now on; undefined where none waits. Rejects with auth/forbidden. */
  next(principal: Principal): Promise<object | undefined>;
  /** Rejects with reading/unknown-case of one that is not to be seen; a reader is told of themselves. */
  explain(principal: Principal, id: string): Promise<object>;
}

const Code = Type.Object({
  id: Type.String({ pattern: '^[0-9A-Za-z -]{8,16}$', description: 'the code of the case, however it is grouped' }),
});

const Failure = Type.Object({
  gate: Type.String(),
  reason: Type.String(),
  at: Type.Optional(Type.String({ description: 'the row that it rests on' })),
});

const Explanation = Type.Object({
  case: Type.String(),
  state: Type.String(),
  decisions: Type.Array(
    Type.Object({
      id: Type.String(),
      reader: Type.String(),
      at: Type.String({ format: 'date-time' }),
      how: Type.Union([Type.Literal('pulled'), Type.Literal('pushed')]),
      detail: Type.Unknown({
        description: 'what was in the running: candidates with their scores, classes that were closed',
      }),
    }),
  ),
  readers: Type.Array(
    Type.Object({
      reader: Type.String(),
      score: Type.Optional(Type.Number({ description: 'absent where the reader may not have it' })),
      before: Type.Optional(
        Type.Integer({ description: 'cases that this reader would be given before it, one of a kind' }),
      ),
      isBarred: Type.Boolean({ description: 'declined it, lost it, or has read it before' }),
      failed: Type.Array(Failure),
    }),
    { description: 'while it waits, who would have it soonest first' },
  ),
});

export const readingDispatchRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/reading/cases/next',
    summary: 'The reader who asks has the case that is worth most now; 204 where none waits for them',
    action: 'report',
    answer: Type.Unknown({
      description: 'a case, with `decision` and, in `ahead`, codes of those that may be fetched ahead',
    }),
    handle: ({ context, principal }: ApiRequest<unknown, unknown, unknown>) => context.dispatch.next(principal),
  },
  {
    method: 'GET',
    path: '/reading/cases/{id}/explain',
    summary: 'Why a case went to its reader, and which gates are closed to others; a reader is told of themselves',
    action: 'worklist',
    params: Code,
    answer: Explanation,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof Code>, unknown, unknown>) =>
      context.dispatch.explain(principal, params.id),
  },
];
