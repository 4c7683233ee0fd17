// What the FHIR door asks of imaging studies, answered by the catalogue: nothing is kept of an answer, so each says what is
// stored and found at that moment.

import type { Endpoint } from '@medplum/fhirtypes';
import { studiesOfPatient } from '../../auth/patient-context.ts';
import type { Principal } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { Problem } from '../../base/problem.ts';
import type { ImagingStudyQuery, StudyDetail } from '../../fhir/imaging-study-query.ts';
import {
  type DerivedStudy,
  type ImagingStudyHandlers,
  type ImagingStudyPage,
  WADO_RS_ENDPOINT,
} from '../../fhir/rest/handlers.ts';
import { absence } from '../../storage/catalogue.ts';
import { countImagingStudies, findImagingStudies } from '../../storage/search/imaging-studies.ts';
import { type AskedStudies, isExact } from '../../storage/search/imaging-study-conditions.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import { type Access, access } from '../doors/access.ts';
import type { Asker, Behind, Identity } from '../doors/fhir-handlers.ts';
import { version } from '../version.ts';
import { DerivedStudies } from './derived-study.ts';
import { askedStudies } from './imaging-studies-asked.ts';
import { meetsInResource } from './imaging-study-recheck.ts';

export class ImagingStudies implements ImagingStudyHandlers {
  readonly #core: Core;
  readonly #identity: Identity;
  readonly #resources: Behind['resources'];
  readonly #derived: DerivedStudies;

  constructor(core: Core, { identity, resources }: Pick<Behind, 'identity' | 'resources'>) {
    this.#core = core;
    this.#identity = identity;
    this.#resources = resources;
    this.#derived = new DerivedStudies(core);
  }

  search(request: WebRequest, query: ImagingStudyQuery): Promise<ImagingStudyPage> {
    const principal = request.principal as Principal;
    const { tenant, patient: patients } = principal;
    const work = async (): Promise<ImagingStudyPage> => {
      const uids = patients && (await studiesOfPatient(this.#core.database, tenant, patients));
      const asker = askerOf(request);
      const asked = await askedStudies(this.#core, this.#identity, asker, query, uids);
      const page = await this.#page(asked, query);
      return { ...page, included: await this.#included(asker, query, page.studies, baseUrlOf(request)) };
    };
    return access(this.#core, { ...accessOf(request, 'search'), patients }, work, ({ studies }) => studies.length);
  }

  read(request: WebRequest, id: string, detail: StudyDetail): Promise<DerivedStudy> {
    const { tenant } = request.principal as Principal;
    const key = readImagingStudyId(id);
    const studyUid = key?.tenant === tenant ? key.studyInstanceUid : undefined;
    const work = async (): Promise<DerivedStudy> => {
      if (studyUid === undefined) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
      const study = (await this.under(tenant, studyUid, detail)).find((each) => each.id === id);
      if (study === undefined) throw await absence(this.#core.database, tenant, { studyInstanceUid: studyUid });
      return study;
    };
    return access(this.#core, { ...accessOf(request, 'retrieve'), studyUid }, work, instancesOf);
  }

  /** Everything that lies under a UID, each patient's as a study: for the node itself, which nobody asks whether it may. */
  async under(tenant: number, studyUid: string, detail: StudyDetail = 'instances'): Promise<DerivedStudy[]> {
    const asked = { ...(await this.#everything(tenant)), uids: [[studyUid]] };
    const { studies } = await findImagingStudies(this.#core.database, asked, { limit: limits.sameUid, detail });
    const derived = await this.#derived.of(tenant, studies, detail);
    return [...new Map(derived.map(({ resource }) => [resource.id, resource])).values()];
  }

  /** Known to whoever may come in: it says where, and nothing of anybody. */
  async endpoint(request: WebRequest): Promise<Endpoint & { id: string }> {
    return endpointAt(baseUrlOf(request), this.#core.config.publicUrl);
  }

  #everything(tenant: number): Promise<AskedStudies> {
    return askedStudies(this.#core, this.#identity, { tenant, id: '', requestId: '' }, { criteria: [] }, undefined);
  }

  async #page(asked: AskedStudies, query: ImagingStudyQuery): Promise<Omit<ImagingStudyPage, 'included'>> {
    const { count, order, detail } = query;
    const inexact = query.criteria.filter((criterion) => !isExact(criterion));
    const ids = query.criteria.filter(({ parameter, modifier }) => parameter === '_id' && modifier === undefined);
    const studies = new Map<string, DerivedStudy>();
    let after = query.cursor === undefined ? undefined : readCursor(query.cursor, query);
    let isLast = count === 0;
    while (studies.size < count) {
      const limit = count - studies.size;
      const found = await findImagingStudies(this.#core.database, asked, { limit, after, order, detail });
      isLast = found.isLast;
      for (const { row, resource, sameBefore } of await this.#derived.of(asked.tenant, found.studies, detail)) {
        const isAsked =
          inexact.every((criterion) => meetsInResource(resource, criterion)) &&
          ids.every(({ values }) => values.some(({ text }) => text === resource.id));
        // What lies under a UID is one study, told where its first row meets what is asked.
        const isTold = sameBefore !== undefined && (await this.#meets(asked, sameBefore));
        if (isAsked && !isTold) studies.set(resource.id, resource);
        after = { place: row.place, id: row.id };
      }
      if (isLast || found.isCut) break;
    }
    const isFirst = query.cursor === undefined;
    const total = isFirst && isLast && count > 0 ? studies.size : await this.#total(asked, query, inexact.length > 0);
    return {
      studies: [...studies.values()],
      ...(query.total !== 'none' && total !== undefined && { total }),
      ...(!isLast && { next: cursorOf(after!, query) }),
    };
  }

  async #meets(asked: AskedStudies, row: string): Promise<boolean> {
    const count = await countImagingStudies(this.#core.database, { ...asked, among: [...asked.among, [row]] }, true);
    return count! > 0;
  }

  async #total(asked: AskedStudies, query: ImagingStudyQuery, isInexact: boolean): Promise<number | undefined> {
    const { total, count } = query;
    if (!isInexact) {
      return total === 'none'
        ? undefined
        : countImagingStudies(this.#core.database, asked, total === 'accurate' || count === 0);
    }
    if (count > 0) return undefined;
    const { studies, next } = await this.#page(asked, { ...query, count: limits.countedByReading, detail: 'study' });
    if (next !== undefined) throw new Problem('fhir/too-costly', { limit: limits.countedByReading });
    return studies.length;
  }

  async #included(
    asker: Asker,
    { includes }: ImagingStudyQuery,
    studies: readonly DerivedStudy[],
    baseUrl: string,
  ): Promise<ImagingStudyPage['included']> {
    const persons = new Set(
      includes.some((name) => name !== 'endpoint')
        ? studies.flatMap(({ subject }) => subject.reference?.replace('Patient/', '') ?? [])
        : [],
    );
    const patients = await Promise.all([...persons].map((id) => this.#resources.read(asker, { type: 'Patient', id })));
    const isWado = includes.includes('endpoint') && studies.length > 0;
    return [...patients, ...(isWado ? [endpointAt(baseUrl, this.#core.config.publicUrl)] : [])];
  }
}

const limits = {
  /** Patients to whom sources give one Study Instance UID. */
  sameUid: 100,
  /** Where what is asked is in the resource alone. */
  countedByReading: 1_000,
} as const;

const instancesOf = ({ numberOfInstances = 0 }: DerivedStudy): number => numberOfInstances;

const baseUrlOf = ({ baseUrl }: WebRequest): string => baseUrl;

function askerOf(request: WebRequest): Asker {
  const { tenant, id } = request.principal as Principal;
  return { tenant, id, requestId: request.requestId };
}

function accessOf(request: WebRequest, action: Access['action']): Access {
  const { principal, requestId, remoteAddress, rawQuery } = request;
  return {
    principal: principal as Principal,
    door: 'fhir',
    action,
    query: rawQuery || undefined,
    requestId,
    remoteAddress,
  };
}

/** R4 endpoint.html: DICOMweb lies beside this door. */
function endpointAt(fhirRoot: string, publicUrl: string | undefined): Endpoint & { id: string } {
  const root = publicUrl ?? fhirRoot.replace(/\/fhir\/R4$/, '');
  return {
    resourceType: 'Endpoint',
    id: WADO_RS_ENDPOINT,
    meta: { versionId: version },
    status: 'active',
    connectionType: {
      system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
      code: 'dicom-wado-rs',
      display: 'DICOM WADO-RS',
    },
    name: 'WADO-RS',
    payloadType: [{ text: 'DICOM' }],
    payloadMimeType: ['application/dicom', 'application/dicom+json'],
    address: `${root}/dicomweb`,
  };
}

type Place = { place: string; id: string };

const cursorOf = ({ place, id }: Place, { order }: ImagingStudyQuery): string =>
  Buffer.from(JSON.stringify([order?.by ?? '_id', place, id])).toString('base64url');

function readCursor(cursor: string, { order }: ImagingStudyQuery): Place {
  const [by, place, id] = parsed(Buffer.from(cursor, 'base64url').toString());
  const isPlace = by === (order?.by ?? '_id') && places[by].test(String(place)) && /^\d{1,18}$/.test(String(id));
  if (!isPlace) throw new Problem('request/malformed', { reason: '_cursor is none of this search' });
  return { place: String(place), id: String(id) };
}

const places = {
  _id: /^0$/,
  _lastUpdated: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/,
  started: /^[^\0]*$/,
};

function parsed(text: string): [by?: keyof typeof places, place?: unknown, id?: unknown] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && Object.hasOwn(places, read[0]) ? (read as ReturnType<typeof parsed>) : [];
  } catch {
    return [];
  }
}
