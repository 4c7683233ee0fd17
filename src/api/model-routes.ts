// What the routes of learned models share: versions, a new one, the choice of one by a person.

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { ApiContext, ApiRequest, ApiRoute } from './route.ts';

export const version = Type.Integer({
  minimum: 0,
  maximum: 2_147_483_647,
  description: '0 is the one that is shipped',
});
export const objections = Type.Array(Type.String(), { description: 'why it was not put in force by itself' });
export const madeAt = Type.String({ format: 'date-time' });

const Choice = Type.Object(
  { version, reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

interface Models {
  standing(tenant: number): Promise<unknown>;
  /** Resolves to undefined where it takes longer than an answer may. */
  make(tenant: number): Promise<{ version: number; objections: string[] } | undefined>;
  use(tenant: number, choice: Static<typeof Choice> & { decidedBy: string }): Promise<void>;
  release(tenant: number, by: string): Promise<void>;
}

interface ModelRoutes {
  path: string;
  /** What the list is of, and what making a version is, in sentences. */
  summary: { list: string; make: string };
  /** How a version comes to be: `trained`. */
  made: string;
  standing: TSchema;
  models(context: ApiContext): Models;
}

type Request<Body = unknown> = ApiRequest<unknown, unknown, Body>;

export function modelRoutes({ path, summary, made, standing, models }: ModelRoutes): ApiRoute[] {
  return [
    {
      method: 'GET',
      path,
      summary: summary.list,
      action: 'administer',
      answer: standing,
      handle: async ({ context, principal }: Request) => models(context).standing(principal.tenant),
    },
    {
      method: 'POST',
      path,
      summary:
        `${summary.make}, tries it, and puts it in force where nothing speaks against it; ` +
        'without a version in the answer, it is still at it',
      action: 'administer',
      answer: Type.Object({ version: Type.Optional(version), objections: Type.Optional(Type.Array(Type.String())) }),
      async handle({ context, principal }: Request) {
        const one = await models(context).make(principal.tenant);
        return one === undefined ? {} : { version: one.version, objections: one.objections };
      },
    },
    {
      method: 'PUT',
      path: `${path}/in-force`,
      summary: 'Puts a version in force, whatever speaks against it, and keeps it there',
      action: 'administer',
      body: Choice,
      handle: async ({ context, principal, body }: Request<Static<typeof Choice>>) =>
        models(context).use(principal.tenant, { ...body, decidedBy: principal.id }),
    },
    {
      method: 'DELETE',
      path: `${path}/in-force`,
      summary: `Lets go of the version that was chosen: it stays in force until a better one is ${made}`,
      action: 'administer',
      handle: async ({ context, principal }: Request) => models(context).release(principal.tenant, principal.id),
    },
  ];
}
