// Signed reports that are at home, followed to the destinations of their contract: planned in the ledger as soon as they are filed
// in their study, and told in the log of the case when the ledger has proof.

import { asProblem, Problem } from '../../base/problem.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import {
  documentsOf,
  HOME,
  ledgerOf,
  type NewDelivery,
  type OpenDelivery,
  openDeliveries,
  outstanding,
  planDeliveries,
  settleDelivery,
} from '../../reading/store/deliveries.ts';
import { alone } from '../../storage/alone.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import { Follower } from '../../storage/follower.ts';
import { consign, DELIVERY_CHANNEL } from '../../storage/ledger.ts';
import type { Core } from '../core.ts';

export const limits = {
  /** Between two looks at a ledger that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: what becomes of a delivery is announced to nobody. */
  lookMs: 1_000,
} as const;

/** In the ledger, for explanations: no rule but the contract. */
const BY_CONTRACT = { form: '', ruleSet: 0, rules: ['contract'] } as const;
const ROUTINE = 2;

const exchange = { kind: 'exchange', id: 'delivery' } as const;

/** A version that is at home, on its way to where its contract wants it. Throws reading/no-term where that is not known here. */
export function planReported(
  { database, terms }: Core,
  { reading, client }: StoredCase,
  planned: Pick<NewDelivery, 'version' | 'report' | 'reportVersion' | 'textHash'>,
): Promise<void> {
  const term = reading.term && terms.term(reading.term);
  if (reading.term !== undefined && term === undefined) throw new Problem('reading/no-term');
  const { version, report, reportVersion, textHash } = planned;
  return planDeliveries(database, {
    ...{ case: reading.id, tenant: client, report, reportVersion, textHash },
    ...(version !== undefined && { version }),
    destinations: term?.delivery ?? [],
  });
}

export class ReportDeliveries {
  readonly #core: Core;
  #follower: Follower | undefined;

  constructor(core: Core) {
    this.#core = core;
  }

  async follow(): Promise<void> {
    const { database, log } = this.#core;
    this.#follower = await Follower.open({
      notices: database.notices,
      channels: [EVENT_CHANNEL, DELIVERY_CHANNEL],
      ...limits,
      look: (signal) => this.#look(signal),
      failed: (code) => log.warn({ code }, 'deliveries of reports cannot be followed just now'),
    });
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!(await this.#core.readingInUse.now())) return;
    await alone(this.#core.database, 'reading deliveries', async () => {
      for (const delivery of await openDeliveries(this.#core.database)) {
        if (!signal.aborted) await this.#one(delivery);
      }
    });
  }

  /** One that cannot go holds up no other; where the catalogue is away all of them wait. */
  async #one(delivery: OpenDelivery): Promise<void> {
    try {
      await this.#step(delivery);
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      if (delivery.state === 'failed' && delivery.reason === code) return;
      await this.#settle(delivery, 'failed', code);
    }
  }

  async #step(delivery: OpenDelivery): Promise<void> {
    const { database, destinations } = this.#core;
    const { tenant, destination: name, state } = delivery;
    if (name === HOME || state === 'delivered') return this.#settle(delivery, 'delivered');
    if (state === 'failed' && !delivery.isTold) return this.#settle(delivery, 'failed', delivery.reason ?? undefined);
    const documents = await documentsOf(database, delivery);
    if (documents.length === 0) return;
    const destination = destinations.find(tenant, name) ?? (await destinations.ofPeer(tenant, name));
    const ids = documents.map(({ id }) => id);
    const ledger = await ledgerOf(database, destination.id, ids);
    if (ledger.length < ids.length) {
      await database.kysely.transaction().execute((transaction) =>
        consign(
          transaction,
          {
            ...BY_CONTRACT,
            tenant,
            study: documents[0]!.study,
            destination: destination.id,
            series: [...new Set(documents.map(({ series }) => series))],
            priority: ROUTINE,
            readyAt: new Date(),
          },
          ids,
        ),
      );
      await database.query('select pg_notify($1, $2)', [DELIVERY_CHANNEL, '']);
      await settleDelivery(database, delivery, { state: 'sending', isTold: delivery.isTold });
    } else if (ledger.every(({ isThere }) => isThere)) await this.#settle(delivery, 'delivered');
    else if (ledger.some(({ isFailed }) => isFailed)) {
      const problem = ledger.find(({ isFailed }) => isFailed)!.problem ?? 'delivery/failed';
      if (state !== 'failed') await this.#settle(delivery, 'failed', problem);
    }
  }

  /** First the row, so that what is outstanding is counted right; told again where that was cut off. */
  async #settle(delivery: OpenDelivery, state: 'delivered' | 'failed', reason?: string): Promise<void> {
    const { database } = this.#core;
    await settleDelivery(database, delivery, { state, isTold: false, reason });
    await this.#tell(delivery, state, reason);
    await settleDelivery(database, delivery, { state, isTold: true, reason });
  }

  /** Of what was withdrawn the log has said all there is. */
  async #tell(
    { case: id, destination, version, textHash }: OpenDelivery,
    state: 'delivered' | 'failed',
    reason = 'unknown',
  ): Promise<void> {
    if (version === null) return;
    const left = await outstanding(this.#core.database, id, version);
    const happening: CaseHappening =
      state === 'delivered'
        ? { kind: 'delivered', destination, version, textHash, outstanding: left }
        : { kind: 'delivery-failed', destination, version, reason };
    try {
      await this.#core.cases.change(id, exchange, ({ reading }) =>
        (reading.delivered[destination] ?? 0) >= version ? [] : [happening],
      );
    } catch (thrown) {
      // A case that was called off meanwhile takes no such entry.
      if (!/^reading\/(?:not-possible|out-of-step)$/.test(asProblem(thrown).code)) throw thrown;
    }
  }
}
