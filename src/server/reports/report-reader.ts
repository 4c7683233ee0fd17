// A stored DiagnosticReport as a report, with whoever it is about and the Observations that it refers to.

import type { DiagnosticReport, Resource } from '@medplum/fhirtypes';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import type { Report } from '../../translate/report/report.ts';
import { reportOfDiagnosticReport } from '../../translate/report/report-of-diagnostic-report.ts';
import type { Core } from '../core.ts';
import { KnownPatients } from '../fhir/known-patients.ts';
import { Subjects } from '../fhir/subject.ts';

export class ReportReader {
  readonly #core: Core;
  readonly #subjects: Subjects;

  constructor(core: Core) {
    this.#core = core;
    this.#subjects = new Subjects(core, new KnownPatients(core));
  }

  /** undefined where it is about nobody who has a number. */
  async read(tenant: number, resource: DiagnosticReport): Promise<Report | undefined> {
    const { database, authorities } = this.#core;
    const systems = authorities.of(tenant);
    const { identifier, display = '' } = resource.subject ?? {};
    const said = identifier?.value && {
      issuer: identifier.system === undefined ? '' : systems.issuerOfSystem(identifier.system),
      patientId: identifier.value,
      name: display,
    };
    const patient = (await this.#subjects.of(database, tenant, resource.subject)) ?? said;
    if (!patient) return undefined;
    const results = await this.#results(tenant, resource);
    return reportOfDiagnosticReport(resource, { patient, systems, results });
  }

  /** As it is now; undefined where there is none, or it was deleted. */
  async current(tenant: number, id: string): Promise<Report | undefined> {
    const version = await currentVersion(this.#core.database, { tenant, type: 'DiagnosticReport', id });
    return version?.text === undefined ? undefined : this.read(tenant, resourceOf(version) as DiagnosticReport);
  }

  async #results(tenant: number, { result = [] }: DiagnosticReport): Promise<Map<string, Resource>> {
    const results = new Map<string, Resource>();
    for (const { reference = '' } of result) {
      const [, id] = /^Observation\/([A-Za-z0-9\-.]{1,64})$/.exec(reference) ?? [];
      const found = id && (await currentVersion(this.#core.database, { tenant, type: 'Observation', id }));
      if (found && found.text !== undefined) results.set(reference, resourceOf(found));
    }
    return results;
  }
}
