// The spine. Everything that arrives, by any door, goes this way:
//   receive → keep → read → normalise → identify → index → route → serve
// Here are receive, keep and read, which a sender waits for; what follows reads the event feed.

import type { Log } from '../base/log.ts';
import type { Keeper } from '../storage/catalogue-keep.ts';
import type { Database } from '../storage/database.ts';
import type { ObjectStore } from '../storage/objects/object-store.ts';
import type { ServedPolicy } from '../storage/versions.ts';
import type { Receive } from './arrival.ts';
import type { DecodeFrame } from './pixel-digest.ts';
import { IncomingObject } from './receive.ts';

export interface Spine {
  database: Database;
  store: ObjectStore;
  keeper: Keeper;
  log: Log;
  /** For telling a transcoded object from other pixels; without it, compressed ones that differ are in conflict. */
  decodeFrame?: DecodeFrame;
  /** Which of several objects under one SOP Instance UID is served; the first by default. */
  served?: ServedPolicy;
  /** Issuer of Patient ID of our own person ids. */
  identityDomain?: string;
}

export function createReceive(spine: Spine): Receive {
  return (arrival) => new IncomingObject(spine, arrival);
}
