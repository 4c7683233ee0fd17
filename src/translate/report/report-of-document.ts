// A document Bundle (R4 documents.html) as a report: ours (document-bundle.ts), HL7 Europe's imaging report, or another whose Composition
// has sections. The text is that of its sections; the rest is what its DiagnosticReport, its study and its order say.

import type {
  Bundle,
  Composition,
  CompositionSection,
  DiagnosticReport,
  Identifier,
  ImagingStudy,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
  Reference,
  Resource,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { schemeOf } from '../coding.ts';
import type { IdentifierSystems } from '../identifier-systems.ts';
import type { OrderNumber } from '../order.ts';
import { sightedPatient } from '../sighting-of-patient.ts';
import { narrativeText } from './narrative-text.ts';
import { type Report, type ReportStatus, type Section, together } from './report.ts';
import { reportOfDiagnosticReport } from './report-of-diagnostic-report.ts';
import { isUsual, kindOf } from './section.ts';

export interface ReportDocumentRead {
  report: Report;
  /** Whom it is about, by an identifier of whoever gave the number. */
  patient: Patient;
}

/** undefined for a Bundle that is no document about a patient who has a number. */
export function reportOfDocument(bundle: Bundle, systems: IdentifierSystems): ReportDocumentRead | undefined {
  const within = new Within(bundle);
  const composition = bundle.entry?.[0]?.resource;
  if (bundle.type !== 'document' || composition?.resourceType !== 'Composition') return undefined;
  const patient = within.get<Patient>(composition.subject, 'Patient') ?? within.only<Patient>('Patient');
  const registration = patient?.identifier?.find(({ system, value }) => system && value);
  if (patient === undefined || registration === undefined) return undefined;
  const sections = together((composition.section ?? []).flatMap(sectionsOf));
  const told = within.only<DiagnosticReport>('DiagnosticReport');
  const content = told === undefined ? withoutReport(composition, sections) : within.contained(told);
  const { system, value } = registration as { system: string; value: string };
  const read = reportOfDiagnosticReport(content, {
    patient: sightedPatient(patient, { system, value }, systems),
    systems,
    results: within.byReference,
  });
  const study = within.only<ImagingStudy>('ImagingStudy');
  const order = within.only<ServiceRequest>('ServiceRequest');
  const numbers = [study, order].flatMap((each) => each?.identifier ?? []);
  const own = content.identifier?.some((each) => each.value)
    ? undefined
    : (composition.identifier ?? bundle.identifier);
  const report: Report = {
    ...read,
    ...present({
      filler: numberOf(own, systems) ?? read.filler,
      accession: read.accession ?? numberOf(numbers.find(isAccession), systems),
      placer:
        read.placer ??
        numberOf(
          numbers.find((each) => isOfType(each, 'PLAC')),
          systems,
        ),
      studyInstanceUid: read.studyInstanceUid ?? studyUidOf(numbers),
      language: read.language ?? composition.language,
      issuedAt: read.issuedAt ?? composition.date,
      observedAt: read.observedAt ?? study?.started,
      organization: read.organization ?? within.organization(composition),
    }),
    people: read.people.length > 0 ? read.people : within.authors(composition),
    sections: sections.length === 0 || wordsOf(sections) === wordsOf(read.sections) ? read.sections : sections,
  };
  return { report, patient };
}

/** A DiagnosticReport that says the same says more of it: when an addendum was written, what is critical. */
const wordsOf = (sections: readonly Section[]): string =>
  sections
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '');

/** Of a section and those within; what is listed and not said is no text. */
function sectionsOf({ code, title, text, section = [] }: CompositionSection): Section[] {
  const inner = section.flatMap(sectionsOf);
  const said = text?.div === undefined ? '' : narrativeText(text.div);
  if (said === '') return inner;
  const codes = (code?.coding ?? []).flatMap((coding) =>
    coding.code === undefined
      ? []
      : [{ value: coding.code, scheme: schemeOf(coding.system), meaning: coding.display ?? title ?? coding.code }],
  );
  const called = title ?? code?.text ?? '';
  const words = { value: called, scheme: 'L', meaning: called };
  const kind = [...codes, words].map((each) => kindOf(each)).find((each) => each !== undefined) ?? 'report';
  const [own = words] = codes;
  const isKnown = own.meaning === '' || isUsual(own, kind);
  return [{ kind, ...(!isKnown && { code: own }), text: said }, ...inner];
}

/** As the DiagnosticReport that the document does without. */
function withoutReport(composition: Composition, sections: readonly Section[]): DiagnosticReport {
  const { identifier, type, language, date, status } = composition;
  const isAddendum = sections.some(({ kind }) => kind === 'addendum');
  const said: Record<string, ReportStatus> = { amended: isAddendum ? 'appended' : 'corrected' };
  return {
    resourceType: 'DiagnosticReport',
    ...(identifier && { identifier: [identifier] }),
    ...(language && { language }),
    status: said[status ?? ''] ?? status ?? 'partial',
    code: type!,
    ...(date && { issued: date }),
  };
}

/** What is in the Bundle, by what refers to it (R4 bundle.html#references). */
class Within {
  readonly byReference = new Map<string, Resource>();
  readonly #all: readonly Resource[];

  constructor({ entry = [] }: Bundle) {
    this.#all = entry.flatMap(({ resource }) => resource ?? []);
    for (const { fullUrl, resource } of entry) {
      if (resource === undefined) continue;
      if (fullUrl !== undefined) this.byReference.set(fullUrl, resource);
      if (resource.id !== undefined) this.byReference.set(`${resource.resourceType}/${resource.id}`, resource);
    }
  }

  get<R extends Resource>(reference: Reference | undefined, type: R['resourceType']): R | undefined {
    const found = this.byReference.get(reference?.reference ?? '');
    return found?.resourceType === type ? (found as R) : undefined;
  }

  /** The first: an imaging report has one of each that is asked for. */
  only<R extends Resource>(type: R['resourceType']): R | undefined {
    return this.#all.find((each) => each.resourceType === type) as R | undefined;
  }

  /** Its people and study where reportOfDiagnosticReport looks for them: within it. */
  contained(report: DiagnosticReport): DiagnosticReport {
    const people: Practitioner[] = [];
    const inside = (reference: Reference): Reference => {
      const practitioner = this.#practitioner(reference);
      if (practitioner === undefined) {
        const display = this.get<Organization>(reference, 'Organization')?.name;
        return display === undefined ? reference : { ...reference, type: 'Organization', display };
      }
      people.push({ ...practitioner, id: `person-${people.length}` });
      return { ...reference, reference: `#person-${people.length - 1}` };
    };
    const { resultsInterpreter, performer, imagingStudy, contained = [] } = report;
    const studies = imagingStudy?.map((reference) => {
      const identifier = this.get<ImagingStudy>(reference, 'ImagingStudy')?.identifier?.find(isStudyUid);
      return identifier === undefined ? reference : { ...reference, identifier };
    });
    return {
      ...report,
      ...(resultsInterpreter && { resultsInterpreter: resultsInterpreter.map(inside) as never }),
      ...(performer && { performer: performer.map(inside) as never }),
      ...(studies && { imagingStudy: studies as never }),
      contained: [...contained, ...people],
    };
  }

  authors({ author = [] }: Composition): Report['people'] {
    const named = this.contained({
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: {},
      resultsInterpreter: author.filter((each) => this.get<Organization>(each, 'Organization') === undefined) as never,
    });
    const unread = { patient: { issuer: '', patientId: '', name: '' }, systems: noSystems };
    return reportOfDiagnosticReport(named, unread).people;
  }

  organization({ author = [], custodian }: Composition): string | undefined {
    const all = [...author, ...(custodian === undefined ? [] : [custodian])];
    return all.map((each) => this.get<Organization>(each, 'Organization')?.name).find((name) => name !== undefined);
  }

  #practitioner(reference: Reference): Practitioner | undefined {
    const role = this.get<PractitionerRole>(reference, 'PractitionerRole');
    return this.get<Practitioner>(role?.practitioner ?? reference, 'Practitioner');
  }
}

const noSystems: IdentifierSystems = { systemOf: (issuer) => issuer, issuerOfSystem: (system) => system };

const isStudyUid = ({ system }: Identifier): boolean => system === 'urn:dicom:uid';

const isOfType = ({ type }: Identifier, code: string): boolean =>
  (type?.coding ?? []).some((each) => each.code === code);

const isAccession = (identifier: Identifier): boolean => isOfType(identifier, 'ACSN');

const studyUidOf = (identifiers: readonly Identifier[]): string | undefined =>
  identifiers.find(isStudyUid)?.value?.replace(/^urn:oid:/, '');

function numberOf(identifier: Identifier | undefined, systems: IdentifierSystems): OrderNumber | undefined {
  const { system, value } = identifier ?? {};
  if (value === undefined) return undefined;
  return { number: value, issuer: system === undefined ? '' : systems.issuerOfSystem(system) };
}

const present = <T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
