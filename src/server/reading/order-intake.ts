// An order as it comes in: a case is announced by it before there is any image, and follows what is said of it afterwards.

import type { StoredCase } from '../../reading/store/case-row.ts';
import { caseOf } from '../../reading/store/cases.ts';
import type { Order } from '../../translate/order.ts';
import { among, intake, isOff, orderedAt } from './intake-words.ts';
import type { IntakeOptions } from './study-intake.ts';
import { digest, orderDigest, type ToldOrder, type ToldStudies } from './told-study.ts';

export type OrderedStudy = Order & { studyInstanceUid: string };

export class OrderIntake {
  readonly #options: Pick<IntakeOptions, 'core' | 'log' | 'clock'>;
  readonly #told: ToldStudies;

  constructor(options: Pick<IntakeOptions, 'core' | 'log' | 'clock'>, told: ToldStudies) {
    this.#options = options;
    this.#told = told;
  }

  /** Of its case, or of none yet. `tenant`: whose order it is. */
  async take(tenant: number, order: ToldOrder, document: OrderedStudy): Promise<void> {
    const known = await caseOf(this.#options.core.database, tenant, { order: order.id });
    if (known !== undefined) await this.#said(known, order);
    else await this.#announce(tenant, order, document);
  }

  /** Images are still to come. Nothing where no contract covers it. */
  async #announce(tenant: number, order: ToldOrder, document: OrderedStudy): Promise<void> {
    if (isOff(order) || order.status === 'COMPLETED') return;
    const { clock, log } = this.#options;
    const taken = await this.#told.order(tenant, document, clock.now());
    if (taken === undefined) return;
    const { term, facts, room } = taken;
    const { accession, studyInstanceUid: studyUid } = document;
    await log.create(
      {
        ...{ client: tenant, room, studyUid, order: order.id, orderDigest: orderDigest(order) },
        ...(accession && { accession: accession.number }),
      },
      intake,
      [{ kind: 'announced', facts, term: { id: term.id, version: term.version }, ...orderedAt(order) }],
    );
  }

  /** What was said of the order of a case: it is off, or another than was known. */
  async #said({ reading: { id }, client, studyUid }: StoredCase, order: ToldOrder): Promise<void> {
    const { log, core } = this.#options;
    const said = orderDigest(order);
    const [study] = await core.database.query<{ id: string }>(
      'select id from study where tenant = $1 and study_uid = $2',
      [client, studyUid ?? ''],
    );
    const { clock } = this.#options;
    const told = study && (await this.#told.study(client, study.id, clock.now()));
    const taken =
      told?.taken ??
      (await this.#told.order(client, { studyInstanceUid: studyUid ?? '', ...order.order }, clock.now()));
    const wasRaised = (await log.events(id)).some(({ kind }) => kind === 'raised');
    await log.change(
      id,
      intake,
      ({ reading: { state, facts }, orderDigest: known }) => {
        if (isOff(order) && isFree(state)) return [{ kind: 'cancelled', reason: 'order-cancelled' }];
        // Whoever has it is told of that, too, and decides what becomes of what was begun.
        if (known === `${said}${order.status}` || (known === said && !isOff(order))) return [];
        const now = taken && {
          ...facts,
          ...taken.facts,
          ...{ provider: facts.provider, readType: facts.readType, readBy: facts.readBy },
          ...{ instances: facts.instances, priors: facts.priors },
          ...(wasRaised && { priority: facts.priority }),
        };
        return [
          ...(now && isUnsigned(state) && digest(now) !== digest(facts)
            ? [{ kind: 'facts-changed' as const, facts: now }]
            : []),
          ...(isChangeable(state) ? [{ kind: 'changed' as const, what: 'order-changed' as const }] : []),
        ];
      },
      { orderDigest: isOff(order) ? `${said}${order.status}` : said },
    );
  }
}

/** Nobody has begun it. */
const isFree = among('announced', 'orphan', 'receiving', 'hold', 'ready', 'offered');
const isUnsigned = among('announced', 'receiving', 'hold', 'ready', 'offered', 'claimed', 'reading', 'parked');
const isChangeable = among('claimed', 'reading', 'parked', 'preliminary', 'over-read', 'final', 'delivered', 'closed');
