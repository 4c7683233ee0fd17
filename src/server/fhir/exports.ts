// Bulk Data exports of a tenant: Patients as they are shown now, everything else as it was when the export was asked for.

import { randomUUID } from 'node:crypto';
import type { Group } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { patientsOf } from '../../fhir/patients-of.ts';
import type { ExportRequest, ExportStatus } from '../../fhir/rest/export-handlers.ts';
import type { PersonPatient } from '../../fhir/rest/handlers.ts';
import {
  addExport,
  countSnapshot,
  findExport,
  limits,
  readSnapshot,
  removeExport,
  type Snapshot,
  type StoredExport,
} from '../../storage/fhir-exports.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { Asker, Identity } from '../doors/fhir-handlers.ts';
import type { Kinds } from './kinds.ts';

/** As it is stored. */
interface Asked extends Omit<ExportRequest, 'since' | 'of'> {
  since?: string;
  /** Ids of the patients that are meant; `any`: all. */
  patients?: readonly string[] | 'any';
}

interface Around {
  queries: Queries;
  kinds: Kinds;
  identity: Identity;
}

export class Exports {
  readonly #queries: Queries;
  readonly #kinds: Kinds;
  readonly #identity: Identity;

  constructor({ queries, kinds, identity }: Around) {
    this.#queries = queries;
    this.#kinds = kinds;
    this.#identity = identity;
  }

  async begin(asker: Asker, { of, types, since, url }: ExportRequest): Promise<string> {
    const patients = await this.#patientsOf(asker, of);
    const request: Asked = {
      url,
      ...(types && { types }),
      ...(since && { since: since.toISOString() }),
      ...(patients !== undefined && { patients }),
    };
    const id = randomUUID();
    await addExport(this.#queries, asker.tenant, { id, principal: asker.id, asOf: new Date(), request });
    return id;
  }

  async status(asker: Asker, id: string): Promise<ExportStatus> {
    const { asOf, request } = await this.#find(asker, id);
    const { types, url, patients } = request as Asked;
    const isWanted = (type: string): boolean => types === undefined || types.includes(type);
    const counted = await countSnapshot(this.#queries, snapshotOf(asker, { asOf, request }));
    const outputs = counted.filter(({ type }) => type !== 'Patient' && isWanted(type));
    const hasPatients = isWanted('Patient') && (patients === undefined || patients.length > 0);
    return { asOf, url, outputs: hasPatients ? [{ type: 'Patient' }, ...outputs] : outputs };
  }

  async open(asker: Asker, id: string, type: string): Promise<AsyncIterable<Uint8Array>> {
    const found = await this.#find(asker, id);
    const { types, since, patients } = found.request as Asked;
    if (types !== undefined && !types.includes(type)) throw new Problem('catalogue/not-found', { what: 'file' });
    if (type !== 'Patient') return this.#resources(type, snapshotOf(asker, found));
    return patientLines(this.#patients(asker, patients), since);
  }

  async remove(asker: Asker, id: string): Promise<void> {
    await this.#find(asker, id);
    await removeExport(this.#queries, asker.tenant, id);
  }

  async #patientsOf(asker: Asker, of: ExportRequest['of']): Promise<Asked['patients']> {
    if (of === 'system') return undefined;
    if (of === 'patients') return 'any';
    const stored = await currentVersion(this.#queries, { tenant: asker.tenant, type: 'Group', id: of.groupId });
    if (stored?.text === undefined) throw new Problem('catalogue/not-found', { what: 'Group' });
    const members = patientsOf(resourceOf(stored) as Group);
    const ids = await Promise.all(members.map((id) => this.#kinds.patientIds(this.#queries, asker, id)));
    return [...new Set(ids.flat())];
  }

  /** Exports of others are none. */
  async #find({ tenant, id: principal }: Asker, id: string): Promise<StoredExport> {
    const found = await findExport(this.#queries, tenant, id);
    if (found === undefined || found.principal !== principal)
      throw new Problem('catalogue/not-found', { what: 'export' });
    return found;
  }

  async *#resources(type: string, snapshot: Snapshot): AsyncGenerator<Uint8Array> {
    for await (const page of readSnapshot(this.#queries, type, snapshot)) {
      const lines = page.map(({ text }) => `${text}\n`).join('');
      if (lines !== '') yield Buffer.from(lines);
    }
  }

  async *#patients(asker: Asker, wanted: Asked['patients']): AsyncGenerator<readonly PersonPatient[]> {
    const isMeant = (id: string): boolean => !Array.isArray(wanted) || wanted.includes(id);
    let cursor: string | undefined;
    do {
      const query = { criteria: [], count: limits.pageVersions, ...(cursor !== undefined && { cursor }) };
      const page = await this.#identity.search(asker, query);
      yield page.patients.filter(({ id }) => isMeant(id));
      cursor = page.next;
    } while (cursor !== undefined);
  }
}

async function* patientLines(pages: AsyncIterable<readonly PersonPatient[]>, since = ''): AsyncGenerator<Uint8Array> {
  for await (const page of pages) {
    const changed = page.filter(({ meta }) => meta!.lastUpdated! >= since);
    if (changed.length > 0) yield Buffer.from(changed.map((patient) => `${JSON.stringify(patient)}\n`).join(''));
  }
}

function snapshotOf({ tenant }: Asker, { asOf, request }: Pick<StoredExport, 'asOf' | 'request'>): Snapshot {
  const { since, patients } = request as Asked;
  return { tenant, asOf, patients, ...(since !== undefined && { since: new Date(since) }) };
}
