// The web socket of one who follows a session (FHIRcast 3.0 2-4, 2-5): confirmed, told, and asked to answer each event; who
// does not answer in time, refuses or breaks off has the others told by a SyncError.

import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { sendText } from '../base/http/web-sockets.ts';
import type { CastMessage } from './events.ts';
import type { CastHandlers, Channel, Follower } from './handlers.ts';

export const limits = {
  /** 2-5: whoever has not answered an event by then is not in step. */
  answerMs: 10_000,
  /** Heartbeats, for those who subscribed to them. */
  heartbeatMs: 10_000,
  /** Of what an application says. */
  messageBytes: 4_096,
} as const;

export class FollowerSocket implements Channel {
  readonly #socket: WebSocket;
  readonly #endpoint: string;
  readonly #handlers: CastHandlers;
  /** By id of the event, until it is answered. */
  readonly #awaited = new Map<string, { name: string; late: NodeJS.Timeout }>();
  #follower: Follower | undefined;
  /** Told before it was confirmed. */
  #early: CastMessage[] = [];
  #timers: NodeJS.Timeout[] = [];
  #isDone = false;

  constructor(socket: WebSocket, endpoint: string, handlers: CastHandlers) {
    this.#socket = socket;
    this.#endpoint = endpoint;
    this.#handlers = handlers;
  }

  /** `stop`: nothing more comes for it. */
  begin(follower: Follower, stop: () => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) {
      stop();
      return;
    }
    this.#follower = follower;
    const leaseSeconds = Math.max(0, Math.round((follower.leaseUntil.getTime() - Date.now()) / 1000));
    this.#say({
      'hub.mode': 'subscribe',
      'hub.topic': follower.topic,
      'hub.events': follower.events.join(','),
      'hub.lease_seconds': leaseSeconds,
    });
    for (const message of [...follower.opened, ...this.#early.splice(0)]) this.send(message);
    this.#timers.push(setTimeout(() => this.deny('the lease is over'), leaseSeconds * 1000).unref());
    if (follower.events.includes('heartbeat')) {
      this.#timers.push(setInterval(() => this.#beat(follower.topic), limits.heartbeatMs).unref());
    }
    this.#socket.on('message', (data) => this.#answered(String(data)));
    this.#socket.on('close', (code) => this.#closed(code, stop));
  }

  send(message: CastMessage): void {
    if (this.#follower === undefined) return void this.#early.push(message);
    const { id, event } = message;
    const name = event['hub.event'];
    this.#say(message);
    const late = setTimeout(() => this.#fail({ id, name }, 'it did not answer in time', true), limits.answerMs).unref();
    this.#awaited.set(id, { name, late });
  }

  deny(reason: string): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const { topic = '', events = [] } = this.#follower ?? {};
    this.#say({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.events': events.join(','), 'hub.reason': reason });
    this.#socket.close(1000, 'no longer subscribed');
  }

  #say(message: object): void {
    sendText(this.#socket, JSON.stringify(message));
  }

  /** 3-2-2: nobody has to answer it. */
  #beat(topic: string): void {
    const context = [{ key: 'period', decimal: String(limits.heartbeatMs / 1000) }];
    const event = { 'hub.topic': topic, 'hub.event': 'Heartbeat', context };
    this.#say({ timestamp: new Date().toISOString(), id: randomUUID(), event });
  }

  #answered(text: string): void {
    const { id, status } = answerIn(text);
    const awaited = this.#awaited.get(id);
    if (awaited === undefined) return;
    clearTimeout(awaited.late);
    this.#awaited.delete(id);
    const { name } = awaited;
    // Nobody is told that being told of an error went wrong.
    if (status >= 200 && status < 300) return;
    this.#fail(
      { id, name },
      status >= 500 ? `it could not follow: ${status}` : `it refused to follow: ${status}`,
      false,
    );
  }

  #fail(of: { id: string; name: string }, why: string, isGone: boolean): void {
    if (this.#isDone) return;
    if (of.name !== 'SyncError' || isGone)
      void this.#handlers.failed(this.#endpoint, of, why, isGone).catch(() => undefined);
    if (isGone) this.deny(why);
  }

  #closed(code: number, stop: () => void): void {
    stop();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { late } of this.#awaited.values()) clearTimeout(late);
    const [last] = [...this.#awaited].map(([id, { name }]) => ({ id, name }));
    // RFC 6455 7.4.1: closed as it should be, or going away.
    if (code !== 1000 && code !== 1001) this.#fail(last ?? { id: '', name: '' }, 'its connection broke off', true);
    this.#isDone = true;
  }
}

function answerIn(text: string): { id: string; status: number } {
  try {
    const { id, status } = JSON.parse(text) as { id?: unknown; status?: unknown };
    return { id: String(id), status: Number.parseInt(String(status), 10) };
  } catch {
    return { id: '', status: 0 };
  }
}
