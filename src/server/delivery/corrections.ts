// Corrections of delivered copies: follows the identity log with a durable position, finds what was sent under a patient who
// turns out to be another, and has it rejected by its receiver and sent again as the right one's. Read twice, nothing is
// corrected twice: what was sent under whom is in the ledger.

import { noteUidOf } from '../../delivery/correction-note.ts';
import { labelOf } from '../../delivery/sent-patient.ts';
import {
  correctionPosition,
  doubt,
  type Judgement,
  nextDoubted,
  passOver,
  type SentConsignment,
  sentConsignments,
  settleDoubted,
} from '../../storage/corrections.ts';
import type { Kind } from '../../storage/destinations.ts';
import { Follower } from '../../storage/follower.ts';
import { IDENTITY_CHANNEL, type LoggedEntry, type LogPosition, readIdentityLog } from '../../storage/identity-log.ts';
import type { Core } from '../core.ts';
import { personsIn } from '../identity/named-in-entry.ts';
import type { DeliveredPatients } from './delivered-patient.ts';
import { correctionSettings } from './settings-schemas.ts';

const limits = {
  /** Looks by itself so often: a line has let go of what is in doubt, or a study made two persons one. */
  lookMs: 1_000,
} as const;

/** Incorrect worklist entry is about a desk; who shows one patient's images as another's harms the patient. */
const REJECT_AS = '113037';

export class Corrections {
  readonly #core: Core;
  readonly #patients: DeliveredPatients;
  #follower: Follower | undefined;
  #position: LogPosition | undefined;

  private constructor(core: Core, patients: DeliveredPatients) {
    this.#core = core;
    this.#patients = patients;
  }

  static async open(core: Core, patients: DeliveredPatients): Promise<Corrections> {
    const corrections = new Corrections(core, patients);
    corrections.#follower = await Follower.open({
      notices: core.database.notices,
      channels: [IDENTITY_CHANNEL],
      ...limits,
      look: (signal) => corrections.#look(signal),
      failed: (code) => core.log.warn({ code }, 'corrections cannot be looked for just now'),
    });
    return corrections;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { database, destinations } = this.#core;
    if (destinations.all.length > 0 || !(await passOver(database))) while (!signal.aborted && (await this.#readOn()));
    while (!signal.aborted && (await this.#judgeNext()));
  }

  /** Resolves to whether there was something to read. */
  async #readOn(): Promise<boolean> {
    const { database } = this.#core;
    const cursor = await correctionPosition(database);
    // What was read beyond a cursor that is still the same need not be looked at again.
    const before = this.#position?.cursor === cursor ? this.#position : { cursor, ahead: new Set<string>() };
    const { entries, position } = await readIdentityLog(database, before);
    if (entries.length > 0) {
      const wrong: string[] = [];
      for (const [tenant, ofTenant] of Map.groupBy(entries, (entry) => entry.tenant))
        wrong.push(...(await this.#wrongOf(tenant, ofTenant)));
      await doubt(database, wrong, { from: cursor, to: position.cursor });
    }
    this.#position = position;
    return entries.length > 0;
  }

  async #wrongOf(tenant: number, entries: readonly LoggedEntry[]): Promise<string[]> {
    const { database, config } = this.#core;
    const { people } = await this.#core.identity();
    await people.follow();
    const ofTenant = people.of(tenant);
    const persons = [...(await personsIn(database, entries, ofTenant))];
    const studies = new Set(persons.flatMap((person) => ofTenant.person(person)?.studyIds ?? []));
    const labels = persons.map((id) => labelOf({ issuer: config.identityDomain, id }));
    const wrong: string[] = [];
    for (const sent of await sentConsignments(database, tenant, [...studies], labels))
      if ((await this.#rightPatient(sent)) !== undefined) wrong.push(sent.id);
    return wrong;
  }

  /** Under whom copies should be; undefined: they are. */
  async #rightPatient(sent: SentConsignment): Promise<string | undefined> {
    const { label } = await this.#patients.of(sent);
    return sent.patients.every((each) => each === label) ? undefined : label;
  }

  /** Resolves to whether one was in doubt. */
  async #judgeNext(): Promise<boolean> {
    const { database, destinations } = this.#core;
    const sent = await nextDoubted(database);
    if (sent === undefined) return false;
    const patient = await this.#rightPatient(sent);
    const stored = destinations.all.find(({ id }) => id === sent.destination);
    const settings = stored === undefined ? {} : correctionSettings(stored.kind as Kind, stored.settings);
    const { corrections = 'resend', rejectAs = REJECT_AS } = settings ?? { corrections: 'tell' };
    const uid = noteUidOf(sent.tenant, sent.id, patient ?? '');
    const judgement: Judgement =
      patient === undefined ? {} : { patient, ...(corrections === 'resend' && { note: { uid, code: rejectAs } }) };
    await settleDoubted(database, sent, judgement);
    return true;
  }
}
