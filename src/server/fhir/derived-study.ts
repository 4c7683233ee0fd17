// What the catalogue found under a Study Instance UID, as ImagingStudy: one, of everything that is the same person's; where
// sources give the UID to different persons each has one of his own, and nobody's images are shown as another's.

import { createHash } from 'node:crypto';
import type { Endpoint, Patient, Reference } from '@medplum/fhirtypes';
import { fromJson } from '../../dicom/json-reader.ts';
import type { StudyDetail } from '../../fhir/imaging-study-query.ts';
import { type DerivedStudy, WADO_RS_ENDPOINT } from '../../fhir/rest/handlers.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { metadataText } from '../../storage/metadata.ts';
import {
  type FoundStudy,
  findImagingStudies,
  type StoredSeries,
  type StudyOfPatient,
} from '../../storage/search/imaging-studies.ts';
import { documentTitle } from '../../translate/document-title.ts';
import { imagingStudyOf, type SeriesContent } from '../../translate/imaging-study.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import { sightingOfStudy } from '../../translate/sighting-of-study.ts';
import type { Core } from '../core.ts';
import { everyStudy } from './imaging-studies-asked.ts';
import { zoneOf } from './study-zone.ts';

export interface Derived {
  row: FoundStudy;
  resource: DerivedStudy;
  /** Rows of the studies that it is made of. */
  rows: readonly string[];
  /** Row of the study that this one's resource is named by, where that is another. */
  sameBefore?: string | undefined;
}

export const limits = {
  /** Patients to whom sources give one Study Instance UID. */
  sameUid: 100,
} as const;

const ENDPOINT: Reference<Endpoint> = { reference: `Endpoint/${WADO_RS_ENDPOINT}`, type: 'Endpoint' };

export class DerivedStudies {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Everything that lies under a Study Instance UID, each person's by itself. */
  async under(tenant: number, studyInstanceUid: string, detail: StudyDetail): Promise<Derived[]> {
    const asked = { ...everyStudy(tenant), uids: [[studyInstanceUid]] };
    const { studies } = await findImagingStudies(this.#core.database, asked, { limit: limits.sameUid, detail });
    return this.of(tenant, studies, detail);
  }

  /** In the order of `found`. A study that was kept just now is identified first. */
  async of(tenant: number, found: readonly FoundStudy[], detail: StudyDetail): Promise<Derived[]> {
    if (found.length === 0) return [];
    const { people } = await this.#core.identity();
    const studies = found.flatMap(({ patients }) => patients.map(({ id }) => id));
    if (studies.some((id) => people.of(tenant).personOfStudy(id) === undefined)) await people.follow();
    return found.map((row) => this.#derive(tenant, row, people.of(tenant), detail));
  }

  #derive(tenant: number, row: FoundStudy, people: TenantPeople, detail: StudyDetail): Derived {
    const persons = Map.groupBy(row.patients, ({ id }) => people.personOfStudy(id) ?? `study ${id}`);
    const [own] = [...persons.values()].filter((studies) => studies.some(({ id }) => id === row.id));
    const [first] = own!;
    const isFirst = first === row.patients[0];
    const person = people.personOfStudy(first!.id);
    const zone = zoneOf(this.#core.config, first!.source);
    const authorities = this.#core.authorities.of(tenant);
    const patient = isFirst ? undefined : digest([first!.patientKey]).slice(0, 12);
    const { studyInstanceUid } = row;
    const resource = imagingStudyOf({
      id: imagingStudyId({ tenant, studyInstanceUid, patient }),
      versionId: digest([own!.map(versionOf), person, zone]).slice(0, 16),
      lastUpdated: new Date(Math.max(...own!.map(({ changedAt }) => Date.parse(changedAt)))).toISOString(),
      studyInstanceUid,
      attributes: first!.attributes,
      zone,
      facts: own!.flatMap(({ facts }) => facts),
      subject: this.#subject(tenant, first!, person),
      endpoint: [ENDPOINT],
      series: own!.flatMap(({ series }) => series.map(contentOf)),
      systemOf: (issuer) => authorities.systemOf(authorities.canonical(issuer)),
    });
    if (detail === 'study') delete resource.series;
    return { row, resource, rows: own!.map(({ id }) => id), sameBefore: first!.id === row.id ? undefined : first!.id };
  }

  /** The person, and the number by which the source knows him. */
  #subject(tenant: number, { id, attributes, source }: StudyOfPatient, person: string | undefined): Reference<Patient> {
    const authorities = this.#core.authorities.of(tenant);
    const dataset = fromJson(JSON.parse(attributes));
    const { issuer, patientId } = authorities.applied(
      sightingOfStudy({ id, dataset, source: source ?? '', timestamp: '' }),
    );
    const identifier = { ...(issuer && { system: authorities.systemOf(issuer) }), value: patientId };
    return {
      ...(person !== undefined && { reference: `Patient/${person}` }),
      type: 'Patient',
      ...(patientId !== '' && { identifier }),
      ...(person === undefined && patientId === '' && { display: 'not identified' }),
    };
  }
}

/** Another one whenever something of it is another. */
const versionOf = ({ id, changedAt, series }: StudyOfPatient): unknown[] => [
  id,
  changedAt,
  series.map(({ seriesInstanceUid, version }) => [seriesInstanceUid, version]),
];

const digest = (said: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(said)).digest('hex');

const contentOf = ({ instances, ...series }: StoredSeries): SeriesContent => ({
  ...series,
  instances: instances?.map(([uid, sopClass, number, metadata]) => ({
    uid,
    sopClass,
    number,
    title: metadata === null ? undefined : titleOf(metadata),
  })),
});

const titleOf = (metadata: string): string | undefined =>
  documentTitle(JSON.parse(metadataText(Buffer.from(metadata, 'base64'), '')));
