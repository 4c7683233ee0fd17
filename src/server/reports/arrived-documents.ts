// A document Bundle that came (R4 documents.html, HL7 Europe's imaging report): kept as it came, its patient made known, and its report
// kept as the next version of the report that it is, as one that came by HL7 v2 is.

import { createHash } from 'node:crypto';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import type { Written } from '../../fhir/rest/resource-handlers.ts';
import { reportOfDocument } from '../../translate/report/report-of-document.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import type { Resources } from '../fhir/resources.ts';
import { ReportStore, TYPE } from './report-store.ts';

export class ArrivedDocuments {
  readonly #core: Core;
  readonly #resources: Resources;
  readonly #store: ReportStore;

  constructor(core: Core, resources: Resources) {
    this.#core = core;
    this.#resources = resources;
    this.#store = new ReportStore(core);
  }

  /** Resolves once both are durable; the same document again is the same version. Rejects with fhir/not-a-report-document. */
  async take(asker: Asker, bundle: Bundle): Promise<Written> {
    const { tenant } = asker;
    const read = reportOfDocument(bundle, this.#core.authorities.of(tenant));
    if (read === undefined) throw new Problem('fhir/not-a-report-document');
    const id = `document-${digest(JSON.stringify(bundle.identifier ?? bundle)).slice(0, 32)}`;
    // The document first: what is said of it must not be there without it.
    await this.#resources.update(asker, { type: 'Bundle', id }, { ...bundle, id }, {});
    await this.#known(asker, read.patient);
    const { id: report, version } = await this.#store.keep(read.report, { tenant, source: `Bundle/${id}` });
    const resource = await this.#resources.read(asker, { type: TYPE, id: report });
    return { resource, outcome: version === 1 ? 'created' : 'updated' };
  }

  /** Whom nobody here knows by this number enters identity as the document has them. */
  async #known(asker: Asker, { id: _, meta: _meta, ...patient }: Patient): Promise<void> {
    const { system, value } = patient.identifier!.find((each) => each.system && each.value)!;
    const ifNoneExist = [{ name: 'identifier', value: `${system}|${value}` }];
    const newId = await this.#resources.newIdOf(asker, patient as Patient);
    await this.#resources.create(asker, patient as Patient, { ifNoneExist, newId });
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
