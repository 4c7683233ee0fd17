// What one subscriber is told, made by that subscriber's rights as they are now: read through the same handlers as by any
// client, which allow it or not and leave their audit rows.

import { randomUUID } from 'node:crypto';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { type Principal, requireMay } from '../../auth/principal.ts';
import { principalNamed } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { FhirHandlers } from '../../fhir/rest/handlers.ts';
import {
  type NotificationType,
  type NotifiedEvent,
  notification,
  type SubscriptionState,
} from '../../fhir/subscriptions/notification.ts';
import type { Content } from '../../fhir/subscriptions/read-subscription.ts';
import { eventsOf, type StoredEvent, type StoredSubscription } from '../../storage/fhir-subscriptions.ts';
import type { Core } from '../core.ts';
import { access } from '../doors/access.ts';

export interface Wanted {
  type: NotificationType;
  content: Content;
  /** Numbers, both included. */
  first: number;
  last: number;
  /** Events at most. */
  limit: number;
}

export interface Notice {
  bundle: Bundle;
  /** Number of the last event it tells; `first` - 1 where there was none. */
  last: number;
}

export class Notices {
  readonly #core: Core;
  readonly #handlers: Pick<FhirHandlers, 'resources' | 'imagingStudies'>;
  readonly #root: () => string;

  /** `root`: of this door where nobody asked it: `https://host/fhir/R4`. */
  constructor(core: Core, handlers: Pick<FhirHandlers, 'resources' | 'imagingStudies'>, root: () => string) {
    this.#core = core;
    this.#handlers = handlers;
    this.#root = root;
  }

  /** Rejects with auth/forbidden where the subscriber may not see what it is about any more. */
  async of(subscription: StoredSubscription, wanted: Wanted, baseUrl = this.#root()): Promise<Notice> {
    const principal = await this.#principal(subscription);
    const { tenant, id } = subscription;
    const by = { principal, door: 'fhir', action: 'retrieve', remoteAddress: '', requestId: randomUUID() } as const;
    return access(this.#core, { ...by, resource: `Subscription/${id}` }, async () => {
      const { type, content, first, last, limit } = wanted;
      const stored = last < first ? [] : await eventsOf(this.#core.database, { tenant, id }, { first, last, limit });
      const request = { ...by, baseUrl, rawQuery: '', signal: new AbortController().signal };
      const events: NotifiedEvent[] = [];
      for (const event of stored) events.push(await this.#event(request, event, content));
      const told = { baseUrl, type, content, at: new Date() };
      return {
        bundle: notification(stateOf(subscription), events, told, randomUUID()),
        last: stored.at(-1)?.number ?? first - 1,
      };
    });
  }

  async #principal({ tenant, principal: id }: StoredSubscription): Promise<Principal> {
    const principal = await principalNamed(this.#core.database, { tenant, id }, systemClock);
    if (principal === undefined) throw new Problem('auth/forbidden', { action: 'retrieve' });
    requireMay(principal, 'search');
    return principal;
  }

  async #event(request: WebRequest, event: StoredEvent, content: Content): Promise<NotifiedEvent> {
    const { number, at, focus, interaction, context } = event;
    const said = { number, at, focus, interaction, context };
    if (content !== 'full-resource') return said;
    const resources: Resource[] = [];
    const isThere = interaction !== 'delete';
    for (const name of isThere ? [focus, ...context] : context) {
      const resource = await this.#resource(request, name, name === focus ? event.version : null);
      if (resource !== undefined) resources.push(resource);
    }
    return { ...said, resources };
  }

  /** As it was then where versions are kept, else as it is; undefined where it is gone by now. */
  async #resource(request: WebRequest, name: string, version: number | null): Promise<Resource | undefined> {
    const [type, id] = name.split('/') as [string, string];
    const { imagingStudies, resources } = this.#handlers;
    try {
      if (type === 'ImagingStudy') return await imagingStudies.read(request, id, 'instances');
      if (version === null || type === 'Patient') return await resources.read(request, { type, id });
      return await resources.version(request, { type, id }, String(version));
    } catch (thrown) {
      if (gone.has(asProblem(thrown).code)) return undefined;
      throw thrown;
    }
  }
}

const gone: ReadonlySet<string> = new Set(['catalogue/not-found', 'catalogue/hidden', 'fhir/deleted']);

export const stateOf = ({ id, status, resource, events, problem }: StoredSubscription): SubscriptionState => ({
  id,
  topic: resource.criteria,
  status,
  events,
  ...(problem !== null && { error: problem }),
});
