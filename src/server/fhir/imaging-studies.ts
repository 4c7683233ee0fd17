// What the FHIR door asks of imaging studies, answered by the catalogue: nothing is kept of an answer, so each says what is
// stored and found at that moment.

import type { Endpoint } from '@medplum/fhirtypes';
import { studiesOfPatient } from '../../auth/patient-context.ts';
import type { Principal } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { Problem } from '../../base/problem.ts';
import type { ImagingStudyQuery, StudyDetail } from '../../fhir/imaging-study-query.ts';
import type { DerivedStudy, ImagingStudyHandlers, ImagingStudyPage, ManifestForm } from '../../fhir/rest/handlers.ts';
import type { Include } from '../../fhir/search/request.ts';
import { absence } from '../../storage/catalogue.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import { bundleOfManifest } from '../../translate/manifest/bundle-of-manifest.ts';
import type { Core } from '../core.ts';
import { type Access, access } from '../doors/access.ts';
import type { Asker, Behind } from '../doors/fhir-handlers.ts';
import { manifestDocument } from '../manifests/manifest-document.ts';
import { StudyManifests } from '../manifests/study-manifests.ts';
import { DerivedStudies } from './derived-study.ts';
import type { Search } from './search.ts';
import { StudyPages } from './study-pages.ts';
import { dicomWebRoot, ownEndpoint } from './wado-endpoint.ts';

export class ImagingStudies implements ImagingStudyHandlers {
  readonly #core: Core;
  readonly #search: Search;
  readonly #pages: StudyPages;
  readonly #derived: DerivedStudies;
  readonly #manifests: StudyManifests;

  constructor(core: Core, { search, resources }: Pick<Behind, 'search' | 'resources'>) {
    this.#core = core;
    this.#search = search;
    this.#pages = new StudyPages(core);
    this.#derived = new DerivedStudies(core);
    this.#manifests = new StudyManifests(core, resources);
  }

  search(request: WebRequest, query: ImagingStudyQuery): Promise<ImagingStudyPage> {
    const principal = request.principal as Principal;
    const { tenant, patient } = principal;
    const work = async (): Promise<ImagingStudyPage> => {
      const uids = patient && (await studiesOfPatient(this.#core.database, tenant, patient));
      const asker = askerOf(request);
      const { asked, criteria } = await this.#search.across.studies(asker, query, uids);
      const page = await this.#pages.page(asked, { ...query, criteria });
      return { ...page, ...(await this.#search.along(asker, page.studies, query.includes, request.baseUrl)) };
    };
    // Who may see one patient's studies alone may not see what else is kept.
    const isOfStudies = query.has.length === 0 && query.includes.every(isOfStudy);
    const by = { ...accessOf(request, 'search'), ...(isOfStudies && { patients: patient }) };
    return access(this.#core, by, work, ({ studies }) => studies.length);
  }

  read(request: WebRequest, id: string, detail: StudyDetail): Promise<DerivedStudy> {
    const { tenant } = request.principal as Principal;
    const key = readImagingStudyId(id);
    const studyUid = key?.tenant === tenant ? key.studyInstanceUid : undefined;
    const work = async (): Promise<DerivedStudy> => {
      if (studyUid === undefined) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
      const derived = await this.#derived.under(tenant, studyUid, detail);
      const study = derived.find(({ resource }) => resource.id === id);
      if (study === undefined) throw await absence(this.#core.database, tenant, { studyInstanceUid: studyUid });
      return study.resource;
    };
    return access(this.#core, { ...accessOf(request, 'retrieve'), studyUid }, work, instancesOf);
  }

  manifest(request: WebRequest, id: string, form: ManifestForm) {
    const { tenant } = request.principal as Principal;
    const key = readImagingStudyId(id);
    const studyInstanceUid = key?.tenant === tenant ? key.studyInstanceUid : undefined;
    const root = dicomWebRoot(request.baseUrl, this.#core.config.publicUrl);
    const work = async () => {
      if (studyInstanceUid === undefined) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
      const parts = await this.#manifests.of(tenant, { id, studyInstanceUid }, root);
      if (parts === undefined) throw await absence(this.#core.database, tenant, { studyInstanceUid });
      return form === 'fhir' ? bundleOfManifest(parts) : manifestDocument(parts, form);
    };
    return access(this.#core, { ...accessOf(request, 'retrieve'), studyUid: studyInstanceUid }, work);
  }

  /** Known to whoever may come in: it says where, and nothing of anybody. */
  async endpoint(request: WebRequest): Promise<Endpoint & { id: string }> {
    return ownEndpoint(request.baseUrl, this.#core.config.publicUrl);
  }
}

const isOfStudy = ({ isReverse, type }: Include): boolean => !isReverse && type === 'ImagingStudy';

const instancesOf = ({ numberOfInstances = 0 }: DerivedStudy): number => numberOfInstances;

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
