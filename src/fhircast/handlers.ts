// What the FHIRcast hub asks of whoever keeps sessions. `server/` hands it an object of this shape.

import type { Authenticating, Principal } from '../base/http/web-request.ts';
import type { JsonObject } from '../fhir/json.ts';
import type { CastMessage } from './events.ts';

export interface Wish {
  topic: string;
  events: readonly string[];
  leaseSeconds: number;
  name?: string;
  /** What the URL of a web socket that it has already ends with. */
  endpoint?: string;
}

/** Who follows a session by a web socket. */
export interface Follower {
  topic: string;
  events: readonly string[];
  /** For those who are told of its errors. */
  name: string;
  leaseUntil: Date;
  /** What is open and that it follows. */
  opened: readonly CastMessage[];
}

export interface Channel {
  send(message: CastMessage): void;
  /** It follows no more: why. */
  deny(reason: string): void;
}

export interface CastHandlers extends Authenticating {
  /** The topic of whoever asks: one session each. */
  topicOf(principal: Principal): Promise<string>;
  /** Resolves to what the URL of its web socket ends with. Rejects with catalogue/not-found for a topic that is none. */
  subscribe(principal: Principal, wish: Wish): Promise<string>;
  unsubscribe(principal: Principal, topic: string, endpoint: string): Promise<void>;
  /** Resolves once it is taken: everybody is told then. Rejects as `take` of session.ts throws. */
  request(principal: Principal, message: CastMessage): Promise<void>;
  current(principal: Principal, topic: string): Promise<JsonObject>;
  /** Rejects with catalogue/not-found for an endpoint that is none, or none any more. */
  follow(endpoint: string, channel: Channel): Promise<{ follower: Follower; stop(): void }>;
  /** Something went wrong with one who follows: the others are told; where `isGone` it follows no more. */
  failed(endpoint: string, of: { id: string; name: string }, why: string, isGone: boolean): Promise<void>;
}
