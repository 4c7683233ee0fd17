// What follows a reading, put together: critical results, reviews, statements, trials. What is asked of it by doors is asked of
// this; what goes on by itself begins with `start`.

import { systemClock } from '../../base/clock.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import { exchangeMac } from '../../reading/store/secret.ts';
import type { Core } from '../core.ts';
import { AfterFeed } from './after-feed.ts';
import { Billing } from './billing.ts';
import { CriticalChannels } from './critical-channels.ts';
import { CriticalKeeper } from './critical-keeper.ts';
import { STATEMENT_EVENT, tellStatement, writeInvoices } from './invoices.ts';
import { QualityKeeper } from './quality-keeper.ts';
import { triage, type Written } from './triage.ts';
import { Trials } from './trials.ts';

export class AfterReading {
  readonly cases: CaseLog;
  readonly quality: QualityKeeper;
  readonly billing: Billing;
  readonly trials: Trials;
  readonly #core: Core;

  constructor(core: Core) {
    const { database, terms, cases } = core;
    const clock = systemClock;
    this.#core = core;
    this.cases = cases;
    const term = terms.term.bind(terms);
    this.quality = new QualityKeeper({ database, cases, term, clock, mac: () => exchangeMac(database) });
    this.billing = new Billing({ database, terms, made: tellStatement });
    this.trials = new Trials({ database, cases });
  }

  /** Follows what happens to cases until it is closed. */
  async start(): Promise<{ close(): Promise<void> }> {
    const { database, terms } = this.#core;
    const { cases, quality, trials } = this;
    const channels = new CriticalChannels(this.#core, cases, await exchangeMac(database));
    const critical = await CriticalKeeper.open({
      core: this.#core,
      cases,
      term: (reference) => terms.term(reference),
      clock: systemClock,
      tell: (notice) => channels.tell(notice),
      changed: (caseId, loop) => channels.write(caseId, loop),
    });
    const feed = await AfterFeed.open({
      core: this.#core,
      followings: [
        { kinds: ['critical-flagged', 'critical-acknowledged'], follow: (code) => critical.follow(code) },
        { kinds: ['preliminary-signed', 'final-signed'], follow: (code) => quality.signed(code) },
        { kinds: ['final-signed'], follow: (code) => trials.signed(code) },
      ],
      others: {
        'resource-changed': (tenant, detail) => triage({ database, cases }, tenant, detail as Written),
        [STATEMENT_EVENT]: (tenant, detail) => writeInvoices(database, tenant, (detail as { id: string }).id),
      },
    });
    return {
      async close() {
        await feed.close();
        await critical.close();
      },
    };
  }
}
