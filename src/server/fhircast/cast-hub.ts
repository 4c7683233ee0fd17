// The FHIRcast hub on the catalogue: a session belongs to one user and ends with that user's credential; any node may be asked,
// and each tells the sockets that it has.

import { randomUUID } from 'node:crypto';
import type { Authenticator } from '../../auth/authenticator.ts';
import { type Action, type Principal, requireMay } from '../../auth/principal.ts';
import { newSecret, secretHash } from '../../auth/secret.ts';
import { principalNamed, TOKEN_CHANNEL } from '../../auth/tokens.ts';
import { systemClock } from '../../base/clock.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { JsonObject } from '../../fhir/json.ts';
import type { CastMessage } from '../../fhircast/events.ts';
import type { CastHandlers, Channel, Follower, Wish } from '../../fhircast/handlers.ts';
import { currentContext, impliedOpens, type Session, stillOpen, syncError, take } from '../../fhircast/session.ts';
import {
  CAST_CHANNEL,
  dropFollower,
  followerAt,
  messageOf,
  putFollower,
  type StoredTopic,
  tellTopic,
  topicFor,
  topicNamed,
} from '../../storage/fhircast.ts';
import type { Core } from '../core.ts';
import { access } from '../doors/access.ts';
import { admit } from '../doors/admit.ts';

interface Local {
  topic: string;
  events: ReadonlySet<string>;
  channel: Channel;
  /** Who follows, and whose session it is. */
  principals: readonly string[];
}

export class CastHub implements CastHandlers {
  readonly #core: Core;
  readonly #authenticator: Authenticator;
  /** By endpoint, hexadecimal: the sockets of this node. */
  readonly #followers = new Map<string, Local>();
  #telling: Promise<void> = Promise.resolve();
  #stop: () => void = () => undefined;

  private constructor(core: Core, authenticator: Authenticator) {
    this.#core = core;
    this.#authenticator = authenticator;
  }

  static async open(core: Core, authenticator: Authenticator): Promise<CastHub> {
    const hub = new CastHub(core, authenticator);
    const { notices } = core.database;
    const stops = [
      await notices.on(CAST_CHANNEL, (payload) => hub.#heard(payload)),
      await notices.on(TOKEN_CHANNEL, (token) => hub.#ended(token)),
    ];
    hub.#stop = () => {
      for (const stop of stops) stop();
    };
    return hub;
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#telling;
  }

  authenticate(request: Parameters<CastHandlers['authenticate']>[0]): Promise<Principal> {
    return admit(this.#core, this.#authenticator, 'fhir', request);
  }

  topicOf(asker: unknown): Promise<string> {
    const { tenant, id } = asker as Principal;
    const topic = { tenant, principal: id, topic: randomUUID() };
    return this.#asked(asker, 'retrieve', () => topicFor(this.#core.database, topic));
  }

  subscribe(asker: unknown, { topic, events, leaseSeconds, name, endpoint }: Wish): Promise<string> {
    return this.#asked(asker, 'retrieve', async (principal) => {
      await this.#topic(principal, topic);
      const secret = endpoint ?? newSecret();
      const known = endpoint === undefined ? undefined : await followerAt(this.#core.database, secretHash(secret));
      if (endpoint !== undefined && (known?.topic !== topic || known.principal !== principal.id)) throw unknown();
      await putFollower(this.#core.database, {
        endpoint: secretHash(secret),
        topic,
        principal: principal.id,
        name: name ?? known?.name ?? null,
        events: [...events],
        leaseUntil: new Date(Date.now() + leaseSeconds * 1000),
      });
      const local = this.#followers.get(secretHash(secret).toString('hex'));
      if (local !== undefined) local.events = new Set(events);
      return secret;
    });
  }

  unsubscribe(asker: unknown, topic: string, endpoint: string): Promise<void> {
    return this.#asked(asker, 'retrieve', async (principal) => {
      await this.#topic(principal, topic);
      await dropFollower(this.#core.database, topic, secretHash(endpoint));
    });
  }

  /** Whoever changes what others see needs the scope write: fhircast/EVENT.write. */
  request(asker: unknown, { timestamp, id, event }: CastMessage): Promise<void> {
    const topic = event['hub.topic'];
    return this.#asked(asker, 'store', async (principal) => {
      await this.#topic(principal, topic);
      await tellTopic(this.#core.database, topic, (session) => {
        const taken = take(session as Session, event, timestamp, randomUUID());
        return { session: taken.session, message: { timestamp, id, event: taken.event } };
      });
    });
  }

  current(asker: unknown, topic: string): Promise<JsonObject> {
    return this.#asked(asker, 'retrieve', async (principal) =>
      currentContext((await this.#topic(principal, topic)).session as Session),
    );
  }

  async follow(endpoint: string, channel: Channel): Promise<{ follower: Follower; stop(): void }> {
    const hash = secretHash(endpoint);
    const stored = await followerAt(this.#core.database, hash);
    if (stored === undefined) throw unknown();
    const { topic, tenant, principal, name, events, leaseUntil, session, owner } = stored;
    // Whose credential ended since is not told.
    const principals = [principal, owner];
    for (const id of principals) {
      if ((await principalNamed(this.#core.database, { tenant, id }, systemClock)) === undefined) throw unknown();
    }
    const key = hash.toString('hex');
    this.#followers.get(key)?.channel.deny('it follows by another connection');
    const local: Local = { topic, events: new Set(events), channel, principals };
    this.#followers.set(key, local);
    const opened = stillOpen(session as Session, topic, (event) => local.events.has(event.toLowerCase()));
    return {
      follower: {
        topic,
        events,
        name: name ?? 'unnamed',
        leaseUntil,
        opened: opened.map((each) => ({ ...each, id: randomUUID() })),
      },
      stop: () => {
        if (this.#followers.get(key) === local) this.#followers.delete(key);
      },
    };
  }

  async failed(endpoint: string, of: { id: string; name: string }, why: string, isGone: boolean): Promise<void> {
    const hash = secretHash(endpoint);
    const stored = await followerAt(this.#core.database, hash);
    if (stored === undefined) return;
    const { topic, name } = stored;
    const event = syncError(topic, of, name ?? 'unnamed', why);
    const message = { timestamp: new Date().toISOString(), id: randomUUID(), event };
    await tellTopic(this.#core.database, topic, (session) => ({ session, message }));
    if (isGone) await dropFollower(this.#core.database, topic, hash);
  }

  /** In the order in which they were announced. */
  #heard(payload: string): void {
    const [what, which] = payload.split(' ');
    if (what === 'gone') this.#followers.get(which!)?.channel.deny('it unsubscribed');
    else if (what === 'message') this.#telling = this.#telling.then(() => this.#tell(which!)).catch(() => undefined);
    // After a break messages may be missing: who subscribes again is told what is open.
    else for (const { channel } of this.#followers.values()) channel.deny('messages may be missing');
  }

  /** A session, and the desk that follows it, end with the credential of its user; an application with its own. */
  #ended(token: string): void {
    if (token === '') return;
    for (const { principals, channel } of this.#followers.values()) {
      if (principals.some((id) => id.endsWith(`:${token}`))) channel.deny('the session has ended');
    }
  }

  async #tell(id: string): Promise<void> {
    const locals = [...this.#followers.values()];
    if (locals.length === 0) return;
    try {
      const found = await messageOf(this.#core.database, id);
      if (found === undefined) return;
      const message = found.message as CastMessage;
      for (const { topic, events, channel } of locals) {
        if (topic !== found.topic) continue;
        const follows = (event: string): boolean => events.has(event.toLowerCase());
        if (follows(message.event['hub.event'])) channel.send(message);
        for (const event of impliedOpens(message.event, follows)) channel.send({ ...message, id: randomUUID(), event });
      }
    } catch (thrown) {
      this.#core.log.warn({ code: asProblem(thrown).code }, 'a session could not be told');
    }
  }

  /** Rejects with catalogue/not-found where it is none of the tenant, or whose session it was has ended. */
  async #topic({ tenant }: Principal, name: string): Promise<StoredTopic> {
    const topic = await topicNamed(this.#core.database, tenant, name);
    const owner = topic && (await principalNamed(this.#core.database, { tenant, id: topic.principal }, systemClock));
    if (topic === undefined || owner === undefined) throw unknown();
    return topic;
  }

  #asked<T>(asker: unknown, action: Action, work: (principal: Principal) => Promise<T>): Promise<T> {
    const principal = asker as Principal;
    requireMay(principal, 'search');
    const by = { principal, door: 'fhir', action, resource: 'FHIRcast', remoteAddress: '' } as const;
    return access(this.#core, by, () => work(principal));
  }
}

const unknown = (): Problem => new Problem('catalogue/not-found', { what: 'topic or subscription' });
