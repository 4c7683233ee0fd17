// Subscriptions of a node: who is to be told is found, and told, as long as it runs.

import type { FhirHandlers } from '../../fhir/rest/handlers.ts';
import type { SubscriptionHandlers } from '../../fhir/rest/subscription-handlers.ts';
import type { Core } from '../core.ts';
import { AskedSubscriptions } from './asked-subscriptions.ts';
import { HookSender, type HookSenderOptions } from './hook-sender.ts';
import { Notices } from './notices.ts';
import { SocketTeller } from './socket-teller.ts';
import { SubscriptionFeed } from './subscription-feed.ts';
import { toldBy } from './told.ts';

export interface SubscriptionsOptions extends Partial<Pick<HookSenderOptions, 'pauseMs' | 'offAfter' | 'betweenMs'>> {
  handlers: Pick<FhirHandlers, 'resources' | 'imagingStudies'>;
  /** Of the door, for those who did not ask it: `https://host/fhir/R4`. */
  root(): string;
  restSeconds?: number;
}

export interface Subscriptions {
  handlers: SubscriptionHandlers;
  /** From when the door is open: notifications say where it is. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function openSubscriptions(core: Core, options: SubscriptionsOptions): Promise<Subscriptions> {
  const { handlers, root, restSeconds, ...attempts } = options;
  const notices = new Notices(core, handlers, root);
  const teller = await SocketTeller.open(core, notices);
  const running = new AsyncDisposableStack();
  return {
    handlers: new AskedSubscriptions(core, notices, teller),
    async start() {
      const sender = await HookSender.open({ core, notices, ...attempts });
      running.defer(() => sender.close());
      const told = toldBy(core);
      const feed = await SubscriptionFeed.open({ core, told, ...(restSeconds !== undefined && { restSeconds }) });
      running.defer(() => feed.close());
    },
    async close() {
      await running.disposeAsync();
      await teller.close();
    },
  };
}
