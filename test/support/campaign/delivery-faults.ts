// What happens to deliveries in the campaign: each fault strikes, and is over when it resolves.

import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../src/identity/testing/random.ts';
import type { CutLink } from '../cut-link.ts';
import type { SmallDisk } from '../small-disk.ts';
import { anotherDatabase, type DeliverySite, killDatabaseOf } from './delivery-site.ts';
import { failureStatuses, warningStatuses } from './faulty-archive.ts';

export interface Struck {
  site: DeliverySite;
  random: Random;
  /** Undefined where this machine has no small disks. */
  disk: SmallDisk | undefined;
}

export type Fault = (struck: Struck) => Promise<void>;

/** How long a link is cut and a disk is full, at most. */
const TROUBLE_MS = 400;

export const faults: Record<string, Fault> = {
  'the sender is killed': ({ site }) => kill(site, 'sender', 'node'),
  'the link of DIMSE is cut': ({ site, random }) => cut(site.archiveLink, random),
  'the receiver says Success and loses': async ({ site, random }) => loseNext(site, random),
  'the receiver answers failures': async ({ site, random }) => answerNext(site, random),
  'the receiver is killed with its database': ({ site }) => kill(site, 'receiver', 'both'),
  'the database of the sender is killed': ({ site }) => kill(site, 'sender', 'database'),
  'the link of DICOMweb is cut': ({ site, random }) => cut(site.cloudLink, random),
  'the disk of the receivers is full': ({ disk, random }) => fill(disk, random),
  'the sender is killed with its database': ({ site }) => kill(site, 'sender', 'both'),
  'the database of the receiver is killed': ({ site }) => kill(site, 'receiver', 'database'),
  'the receiver is killed': ({ site }) => kill(site, 'receiver', 'node'),
};

async function kill(
  site: DeliverySite,
  which: 'sender' | 'receiver',
  what: 'node' | 'database' | 'both',
): Promise<void> {
  const node = site[which];
  // Its supervisor brings it up again.
  const killed = what === 'node' ? 0 : await killDatabaseOf(node);
  if (what === 'database') return anotherDatabase(node, killed);
  node.process.kill('SIGKILL');
  await node.ended;
  await (which === 'sender' ? site.startSender() : site.startReceiver());
}

async function cut(link: CutLink, random: Random): Promise<void> {
  link.cut();
  await pause(random.below(TROUBLE_MS));
  link.mend();
}

async function fill(disk: SmallDisk | undefined, random: Random): Promise<void> {
  await disk?.fill();
  await pause(random.below(TROUBLE_MS));
  await disk?.clear();
}

function loseNext({ faulty }: DeliverySite, random: Random): void {
  faulty.toLose += 1 + random.below(3);
}

/** All of them, in turn, over the rounds. */
const statuses = [...failureStatuses, ...warningStatuses];
let turn = 0;

function answerNext({ faulty }: DeliverySite, random: Random): void {
  for (let count = 3 + random.below(6); count > 0; count--) faulty.answers.push(statuses[turn++ % statuses.length]!);
}
