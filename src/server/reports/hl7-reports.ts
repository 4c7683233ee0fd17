// What the MLLP door asks of reports: they are durable before their message is acknowledged (IHE RAD-128).

import type { Core } from '../core.ts';
import type { Hl7Backend } from '../doors/hl7-backend.ts';
import { ReportStore } from './report-store.ts';

export function hl7Reports(core: Core): Pick<Hl7Backend, 'reported'> {
  const store = new ReportStore(core);
  return {
    async reported(tenant, message, reports) {
      for (const report of reports) await store.keep(report, { tenant, source: `urn:fascia:hl7:${message}` });
    },
  };
}
