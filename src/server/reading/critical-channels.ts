// The ways by which a critical result is told: on the desk's screen, as a Communication of which subscribers are told, and by
// destinations of the client that are webhooks or take HL7 v2. What a system answers is a receipt; a person acknowledges by the link.

import { Problem } from '../../base/problem.ts';
import type { Mac } from '../../deidentify/pseudonyms.ts';
import { communicationId, communicationOf } from '../../reading/critical/communication.ts';
import { criticalRecords } from '../../reading/critical/record.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { Notice } from '../../reading/store/critical-loops.ts';
import { linkToken } from '../../reading/store/secret.ts';
import { type ResourceKey, writeVersion } from '../../storage/fhir-resources.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import type { Settings } from '../delivery/settings-schemas.ts';
import { postSigned } from '../delivery/webhook-line.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { outside, type Scope } from '../fhir/scope.ts';
import { subjectOf } from '../reports/subject-of-report.ts';
import { sendCritical } from './critical-by-hl7.ts';

export class CriticalChannels {
  readonly #core: Core;
  readonly #cases: CaseLog;
  readonly #mac: Mac;
  readonly #scope: Scope;

  constructor(core: Core, cases: CaseLog, mac: Mac) {
    this.#core = core;
    this.#cases = cases;
    this.#mac = mac;
    this.#scope = outside(core.database);
  }

  /** Rejects with delivery/not-now, delivery/not-admitted, delivery/refused, or catalogue/not-found for a way that is none. */
  async tell(notice: Notice): Promise<void> {
    const { channel } = notice;
    // What is shown is read where it lies; the Communication is written with every change.
    if (channel === 'console' || channel === 'fhir') return;
    await this.#post(notice, channel.replace('destination:', ''));
  }

  /** The Communication of a critical result as it stands now. */
  async write(caseId: string, loop: string): Promise<void> {
    const record = criticalRecords(await this.#cases.events(caseId)).find((each) => each.loop === loop);
    const { reading, client, studyUid } = await this.#cases.stored(caseId);
    if (record === undefined) return;
    const context = { case: caseId, provider: reading.facts.provider, ...(await this.#whose(client, studyUid)) };
    const resource = communicationOf(record, context);
    const key: ResourceKey = { tenant: client, type: 'Communication', id: communicationId(loop) };
    await this.#scope.transact((transaction) =>
      writeVersion(transaction, { ...key, by: ownWriters.reading }, 'PUT', () => resource),
    );
  }

  async #whose(tenant: number, studyUid: string | undefined) {
    if (studyUid === undefined) return {};
    const [row] = await this.#core.database.query<{ id: string | null; issuer: string | null }>(
      `select patient_id as id, issuer_of_patient_id as issuer from study where tenant = $1 and study_uid = $2
       order by id limit 1`,
      [tenant, studyUid],
    );
    if (row === undefined) return {};
    const patient = { issuer: row.issuer ?? '', patientId: row.id ?? '', name: '' };
    const reference = `ImagingStudy/${imagingStudyId({ tenant, studyInstanceUid: studyUid })}`;
    return { subject: await subjectOf(this.#core, tenant, patient), about: { reference } };
  }

  async #post(notice: Notice, name: string): Promise<void> {
    const { id, client, loop, case: code, category, finding, recipient } = notice;
    const destination = this.#core.destinations.find(client, name);
    const acknowledge = `${this.#core.config.publicUrl ?? ''}/acknowledge/${linkToken(this.#mac, id)}`;
    if (destination?.kind === 'hl7') {
      const { studyUid: study } = await this.#cases.stored(code);
      return sendCritical(this.#core, destination.settings as Settings<'hl7'>, { notice, study, link: acknowledge });
    }
    if (destination?.kind !== 'webhook') throw new Problem('catalogue/not-found', { what: 'webhook' });
    const at = new Date();
    const data = { case: code, loop, category, finding, recipient, acknowledge };
    const message = { type: 'reading.critical', timestamp: at.toISOString(), data };
    const outcome = await postSigned(destination.settings as Settings<'webhook'>, {
      id: `critical-${id}`,
      at,
      message,
    });
    if (!('taken' in outcome)) throw new Problem('later' in outcome ? 'delivery/not-now' : 'delivery/refused');
  }
}
