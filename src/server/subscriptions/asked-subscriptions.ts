// What clients ask of their subscriptions: how they stand, which events there were, and by which token a web socket has them.

import type { Bundle } from '@medplum/fhirtypes';
import type { Principal } from '../../auth/principal.ts';
import { newSecret, secretHash } from '../../auth/secret.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { Problem } from '../../base/problem.ts';
import type { BindingToken, SubscriptionHandlers } from '../../fhir/rest/subscription-handlers.ts';
import type { SubscriptionState } from '../../fhir/subscriptions/notification.ts';
import { readSubscription } from '../../fhir/subscriptions/read-subscription.ts';
import { putBinding, type StoredSubscription, subscriptionsOf, takeBinding } from '../../storage/fhir-subscriptions.ts';
import type { Core } from '../core.ts';
import { access } from '../doors/access.ts';
import { type Notices, stateOf } from './notices.ts';
import type { SocketTeller } from './socket-teller.ts';

export const limits = {
  /** How long a token may wait for its socket. */
  bindingMs: 300_000,
  /** Events of one answer. */
  events: 500,
} as const;

export class AskedSubscriptions implements SubscriptionHandlers {
  readonly #core: Core;
  readonly #notices: Notices;
  readonly #teller: SocketTeller;

  constructor(core: Core, notices: Notices, teller: SocketTeller) {
    this.#core = core;
    this.#notices = notices;
    this.#teller = teller;
  }

  states(request: WebRequest, ids: readonly string[] | undefined): Promise<readonly SubscriptionState[]> {
    return this.#asked(request, async (tenant) =>
      (await subscriptionsOf(this.#core.database, tenant, ids)).map(stateOf),
    );
  }

  events(request: WebRequest, id: string, asked: Parameters<SubscriptionHandlers['events']>[2]): Promise<Bundle> {
    return this.#asked(request, async (tenant, principal) => {
      const [stored] = await subscriptionsOf(this.#core.database, tenant, [id]);
      if (stored === undefined) throw new Problem('catalogue/not-found', { what: 'Subscription' });
      const {
        since = 1,
        until = stored.events,
        content = readSubscription(stored.resource, Date.now()).content,
      } = asked;
      const numbers = { first: Math.max(since, 1), last: Math.min(until, stored.events), limit: limits.events };
      // Whoever asks sees what he may see himself.
      const own = { ...stored, principal };
      return (await this.#notices.of(own, { type: 'query-event', content, ...numbers }, request.baseUrl)).bundle;
    });
  }

  bindingToken(request: WebRequest, ids: readonly string[] | undefined): Promise<BindingToken> {
    return this.#asked(request, async (tenant, principal) => {
      const found = await subscriptionsOf(this.#core.database, tenant, ids);
      const withSocket = found.filter(isForSockets).map(({ id }) => id);
      if (withSocket.length === 0 || (ids !== undefined && withSocket.length < new Set(ids).size)) {
        throw new Problem('catalogue/not-found', { what: 'Subscription with a web socket' });
      }
      const token = newSecret();
      const expiresAt = new Date(Date.now() + limits.bindingMs);
      const binding = { tenant, principal, subscriptions: withSocket };
      await putBinding(this.#core.database, secretHash(token), { ...binding, expiresAt });
      return { token, expiresAt, subscriptions: withSocket };
    });
  }

  async bind(...[token, baseUrl, socket]: Parameters<SubscriptionHandlers['bind']>): Promise<() => void> {
    const binding = await takeBinding(this.#core.database, secretHash(token));
    if (binding === undefined) {
      throw new Problem('auth/unauthenticated', { reason: 'the binding token is unknown or no longer good' });
    }
    return this.#teller.bind(binding, baseUrl, socket);
  }

  follow(...[request, id, socket]: Parameters<SubscriptionHandlers['follow']>): Promise<() => void> {
    return this.#asked(request, async (tenant, principal) => {
      const found = (await subscriptionsOf(this.#core.database, tenant, [id])).filter(isForSockets);
      if (found.length === 0) throw new Problem('catalogue/not-found', { what: 'Subscription with a web socket' });
      return this.#teller.bind({ tenant, principal, subscriptions: [id] }, request.baseUrl, socket, true);
    });
  }

  #asked<T>(request: WebRequest, work: (tenant: number, principal: string) => Promise<T>): Promise<T> {
    const { requestId, remoteAddress } = request;
    const principal = request.principal as Principal;
    const by = {
      principal,
      door: 'fhir',
      action: 'retrieve',
      resource: 'Subscription',
      requestId,
      remoteAddress,
    } as const;
    return access(this.#core, by, () => work(principal.tenant, principal.id));
  }
}

const isForSockets = ({ resource, status }: StoredSubscription): boolean =>
  resource.channel.type === 'websocket' && status === 'active';
