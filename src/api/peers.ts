// /peers: the DICOM applications of a tenant, let in and sent to by AE title and address. In force at once.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Peer = Type.Object(
  {
    aeTitle: Type.String({ minLength: 1, maxLength: 16 }),
    host: Type.String({ minLength: 1, maxLength: 253, description: 'address or name' }),
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    sopClasses: Type.Optional(
      Type.Array(Type.String(), { description: 'private storage SOP classes accepted from it, beyond the known ones' }),
    ),
    tls: Type.Optional(
      Type.Union(
        [
          Type.Boolean(),
          Type.Object(
            {
              ca: Type.Optional(
                Type.String({ description: 'PEM of the authorities that may have signed its certificate' }),
              ),
              serverName: Type.Optional(
                Type.String({
                  minLength: 1,
                  maxLength: 253,
                  description: 'the name of its certificate, if not its host',
                }),
              ),
            },
            { additionalProperties: false },
          ),
        ],
        { description: 'by TLS (BCP 195); true: trusting the authorities of the system' },
      ),
    ),
  },
  { additionalProperties: false },
);

const ByTitle = Type.Object({ aeTitle: Type.String({ minLength: 1, maxLength: 16 }) });

export const peerRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/peers',
    summary: 'The DICOM applications that may come in',
    action: 'administer',
    answer: Type.Array(Peer),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.peers.list(principal.tenant),
  },
  {
    method: 'PUT',
    path: '/peers/{aeTitle}',
    summary: 'Lets a DICOM application in, or changes where it is',
    action: 'administer',
    params: ByTitle,
    body: Peer,
    answer: Peer,
    async handle({
      context,
      principal,
      params,
      body,
    }: ApiRequest<Static<typeof ByTitle>, unknown, Static<typeof Peer>>) {
      if (body.aeTitle !== params.aeTitle)
        throw new Problem('request/malformed', { reason: 'aeTitle is not that of the path' });
      const { tls, ...peer } = body;
      await context.peers.put(principal.tenant, { ...peer, ...(tls && { tls }) });
      return context.peers.find(principal.tenant, body.aeTitle);
    },
  },
  {
    method: 'DELETE',
    path: '/peers/{aeTitle}',
    summary: 'Lets a DICOM application in no longer',
    action: 'administer',
    params: ByTitle,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof ByTitle>, unknown, unknown>) =>
      context.peers.remove(principal.tenant, params.aeTitle),
  },
];
