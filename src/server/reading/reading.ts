// The reading exchange on a node: what takes cases in, lets copies of them leave, follows whose they are, brings
// home what was signed, and tells others how they stand.

import type { ApiReports } from '../../api/reading-content.ts';
import { systemClock } from '../../base/clock.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';
import { AfterReading } from './after-reading.ts';
import { apiReports } from './api-reports.ts';
import { Carrier } from './carrier.ts';
import { CaseCloser } from './case-closer.ts';
import { CaseDesk } from './case-desk.ts';
import { CaseIdentity } from './case-identity.ts';
import { CaseIntake } from './case-intake.ts';
import { CaseProjector } from './case-projector.ts';
import { type Dispatch, openDispatch } from './dispatch.ts';
import { Homecoming } from './homecoming.ts';
import { Outbound } from './outbound.ts';
import type { OutboundCase } from './outbound-case.ts';
import { outboundTelling } from './outbound-telling.ts';
import { ReportDeliveries } from './report-deliveries.ts';
import { stepUpMode } from './step-up.ts';

export async function startReading(core: Core, spine: Spine): Promise<{ close(): Promise<void> }> {
  const { cases } = core;
  const closing = new AsyncDisposableStack();
  try {
    const telling = outboundTelling(cases, core.vault);
    const outbound = await Outbound.open(core, spine, telling);
    closing.defer(() => outbound.close());
    for (const far of core.config.exchanges) {
      const carrier = await Carrier.open(core, spine, telling, { ...far, token: core.config.exchangeToken });
      closing.defer(() => carrier.close());
    }
    const identity = await new CaseIdentity(core, cases).open();
    closing.defer(() => identity.close());
    const intake = await intakeOf(core, (leaving) => outbound.begin(leaving)).open();
    closing.defer(() => intake.close());
    const after = await new AfterReading(core).start();
    closing.defer(() => after.close());
    const homecoming = new Homecoming(core);
    closing.defer(() => homecoming.close());
    await homecoming.follow();
    const deliveries = new ReportDeliveries(core);
    closing.defer(() => deliveries.close());
    await deliveries.follow();
    const projector = new CaseProjector(core);
    closing.defer(() => projector.close());
    await projector.follow();
    const closer = await new CaseCloser(core, cases, systemClock).open();
    closing.defer(() => closer.close());
    const { keeper } = await core.dispatch();
    closing.adopt(await keeper.open(), (open) => open.close());
    return { close: () => closing.disposeAsync() };
  } catch (thrown) {
    await closing.disposeAsync();
    throw thrown;
  }
}

/** What is asked of cases, by whichever door. */
export function caseDesk(core: Core): CaseDesk {
  const { terms, readers, cases: log } = core;
  const intake = intakeOf(core);
  return new CaseDesk({
    ...{ database: core.database, log, terms, readers, clock: systemClock },
    request: (tenant, wish) => intake.request(tenant, wish),
  });
}

/** What is asked of reports, by whichever door. */
export function reportsDesk(core: Core): ApiReports {
  const { terms, cases } = core;
  const { readingStepUp, readingDrafts: url, readingDraftsToken: token } = core.config;
  return apiReports({
    ...{ database: core.database, cases, terms, desk: caseDesk(core), clock: systemClock },
    stepUp: stepUpMode(readingStepUp),
    drafts: url === undefined ? undefined : { url, token },
  });
}

/** Who is given which case. */
export function dispatchOf(core: Core): Promise<Dispatch> {
  const { terms, readers, cases, readingInUse: inUse } = core;
  const desk = caseDesk(core);
  return openDispatch({
    ...{ inUse, database: core.database, log: core.log, clock: systemClock, terms, readers, cases },
    gatesOf: (reading, reader, stage) => desk.gatesOf({ reading }, reader, stage),
  });
}

function intakeOf(core: Core, leave?: (outbound: OutboundCase) => Promise<void>): CaseIntake {
  const { terms: agreed, cases: log } = core;
  const identity = new CaseIdentity(core, log);
  return new CaseIntake({
    ...{ core, log, agreed, clock: systemClock },
    identityOf: (tenant, study) => identity.digestOf(tenant, study),
    ...(leave && { leave }),
  });
}
