// What the FHIR door asks of whoever tells subscribers (R4 Subscriptions Backport 1.1).

import type { Bundle } from '@medplum/fhirtypes';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { SubscriptionState } from '../subscriptions/notification.ts';
import type { Content } from '../subscriptions/read-subscription.ts';

export interface BindingToken {
  token: string;
  expiresAt: Date;
  subscriptions: readonly string[];
}

export interface ToldSocket {
  send(text: string): void;
  end(): void;
}

export interface SubscriptionHandlers {
  /** Those of these ids that are there; all where none are named. */
  states(request: WebRequest, ids: readonly string[] | undefined): Promise<readonly SubscriptionState[]>;
  /** Events with these numbers, both included, as they were told. Rejects with catalogue/not-found. */
  events(
    request: WebRequest,
    id: string,
    asked: { since?: number; until?: number; content?: Content },
  ): Promise<Bundle>;
  /** Of those with a web socket; all that there are where none are named. Rejects with catalogue/not-found. */
  bindingToken(request: WebRequest, ids: readonly string[] | undefined): Promise<BindingToken>;
  /**
   * `send` gets what its subscriptions are told from now on, as text in the form that each asked for, the handshakes first,
   * until the answer is called; `end` is called where they are told no more. Rejects with auth/unauthenticated.
   */
  bind(token: string, baseUrl: string, socket: ToldSocket): Promise<() => void>;
  /**
   * R4 by itself: of one with a web socket, `bound ID` first, then `ping ID` as often as something happens. Rejects with
   * catalogue/not-found, auth/forbidden.
   */
  follow(request: WebRequest, id: string, socket: ToldSocket): Promise<() => void>;
}
