// /tokens: credentials for programs. The secret is in the answer that creates it and nowhere else.

import { type Static, Type } from '@sinclair/typebox';
import { type Scope, scopes } from '../auth/principal.ts';
import { createToken, listTokens, revokeToken } from '../auth/tokens.ts';
import { systemClock } from '../base/clock.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Scopes = Type.Array(Type.Unsafe<Scope>(Type.String({ enum: [...scopes] })), { minItems: 1 });
const Time = Type.String({ format: 'date-time' });

const NewToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Scopes,
    expiresAt: Time,
    reader: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'with the scope report: whose it is' }),
    ),
    kind: Type.Optional(
      Type.Union([Type.Literal('token'), Type.Literal('sign-in')], {
        description: 'sign-in: to be spent once at /sign-in?token=…, for a session of a browser',
      }),
    ),
  },
  { additionalProperties: false },
);

const id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const tokenRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/tokens',
    summary: 'The tokens there are, without their secrets',
    action: 'administer',
    answer: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        scopes: Scopes,
        reader: Type.Optional(Type.String()),
        createdAt: Time,
        expiresAt: Time,
        revokedAt: Type.Union([Time, Type.Null()]),
      }),
    ),
    async handle({ context, principal }: ApiRequest<unknown, unknown, unknown>) {
      const tokens = await listTokens(context.database, principal.tenant);
      return tokens.map(({ tenant: _, ...token }) => token);
    },
  },
  {
    method: 'POST',
    path: '/tokens',
    summary: 'A new token; `token` in the answer is shown this once',
    action: 'administer',
    body: NewToken,
    answer: Type.Object({ id: Type.String(), token: Type.String() }),
    async handle({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof NewToken>>) {
      const { kind = 'token', ...asked } = body;
      if (asked.reader !== undefined) context.readers(principal).requireOwn(asked.reader);
      const wanted = { ...asked, tenant: principal.tenant, expiresAt: new Date(body.expiresAt) };
      const { id, secret } = await createToken(context.database, wanted, systemClock, kind);
      return { id, token: secret };
    },
  },
  {
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Ends a token at once, on every node',
    action: 'administer',
    params: id,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof id>, unknown, unknown>) =>
      revokeToken(context.database, principal.tenant, params.id),
  },
];
