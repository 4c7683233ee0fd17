// Which UIDs the instances of a study become where rules change them: planned over all of the study, and remembered for as
// long as nothing is added to it.

import type { Form } from '../../delivery/line.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { type InstanceHead, isUidStep, planUids, type UidOf, type UidPlan } from '../../routing/transform/uid-plan.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Database } from '../../storage/database.ts';
import { LeastRecentlyUsed } from '../../storage/least-recently-used.ts';
import { metadataText } from '../../storage/metadata.ts';

const limits = {
  /** Instances of remembered plans. */
  instances: 50_000,
} as const;

interface Row {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  metadata: Buffer;
}

interface Planned {
  study: string;
  steps: Form['steps'];
  text: string;
  uidOf: UidOf;
}

export class UidPlans {
  readonly #database: Database;
  readonly #plans = new LeastRecentlyUsed<string, UidPlan>(limits.instances, ({ instances }) => instances.size);

  constructor(database: Database) {
    this.#database = database;
  }

  /** undefined where no step changes UIDs. */
  async of({ study, steps, text, uidOf }: Planned, instance: KeptInstance): Promise<UidPlan | undefined> {
    if (!steps.some(isUidStep)) return undefined;
    const key = `${study} ${text}`;
    const known = this.#plans.get(key);
    if (known?.instances.has(instance.sopInstanceUid)) return known;
    const heads = await this.#heads(study);
    const plan = planUids(steps, instance.studyInstanceUid, heads, uidOf)!;
    this.#plans.set(key, plan);
    return plan;
  }

  async #heads(study: string): Promise<InstanceHead[]> {
    const rows = await this.#database.query<Row & Record<string, unknown>>(
      `select i.sop_uid as "sopInstanceUid", r.series_uid as "seriesInstanceUid", i.metadata
       from instance i join series r on r.id = i.series
       where r.study = $1 and i.served and i.hidden_at is null and r.hidden_at is null order by i.id`,
      [study],
    );
    return rows.map(({ sopInstanceUid, seriesInstanceUid, metadata }) => {
      const dataset = fromJson(JSON.parse(metadataText(metadata, '')));
      return { sopInstanceUid, seriesInstanceUid, dataset };
    });
  }
}
