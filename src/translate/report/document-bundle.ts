// A report as a document Bundle (R4 documents.html): a Composition of its sections, the DiagnosticReport, the patient. The sections
// that HL7 Europe's imaging report cannot do without (study, order, history, procedure) are there, and say so where they are empty.

import type { Bundle, Composition, CompositionSection, DiagnosticReport, Patient, Resource } from '@medplum/fhirtypes';
import { escapeXml } from '../../base/xml-escape.ts';
import type { Code } from '../order.ts';
import { conceptOf } from './diagnostic-report.ts';
import type { Report, Section } from './report.ts';
import { codesOf } from './report-status.ts';
import { titleOf } from './report-text.ts';
import { loincOf, type SectionKind } from './section.ts';

export interface DocumentParts {
  /** With its id. */
  resource: DiagnosticReport;
  patient?: Patient | undefined;
  /** Of the FHIR root, by which resources are named within. */
  baseUrl: string;
  /** As Date.toISOString writes it. */
  now: string;
}

const ln = (value: string, meaning: string): Code => ({ value, scheme: 'LN', meaning });
const STUDY = ln('18726-0', 'Radiology studies (set)');
const needed: readonly SectionKind[] = ['request', 'history', 'technique'];

export function documentBundle(report: Report, { resource, patient, baseUrl, now }: DocumentParts): Bundle {
  const composition = compositionOf(report, resource, now);
  const entries: Resource[] = [composition, resource, ...(patient === undefined ? [] : [patient])];
  return {
    resourceType: 'Bundle',
    type: 'document',
    identifier: {
      system: baseUrl,
      value: `DiagnosticReport/${resource.id}/_history/${resource.meta?.versionId ?? '1'}`,
    },
    timestamp: now,
    entry: entries.map((each) => ({
      fullUrl: `${baseUrl}/${each.resourceType}/${each.id}`,
      resource: each,
    })) as Bundle['entry'],
  };
}

function compositionOf(report: Report, resource: DiagnosticReport, now: string): Composition {
  const { status, language, code, sections, organization } = report;
  const { subject, resultsInterpreter = [], id, issued, meta } = resource;
  const author = resultsInterpreter.map(({ display }) => ({ display: display ?? 'not named' }));
  const organizations = organization === undefined ? [] : [{ type: 'Organization' as const, display: organization }];
  const everybody = [...author, ...organizations];
  return {
    resourceType: 'Composition',
    id: `composition-${id}`.slice(0, 64),
    ...(language && { language }),
    identifier: resource.identifier?.[0],
    status: codesOf(status).composition,
    type: conceptOf(ln('85430-7', 'Diagnostic imaging report')),
    ...(subject && { subject }),
    date: issued ?? meta?.lastUpdated ?? now,
    author: everybody.length > 0 ? everybody : [{ display: 'not named' }],
    title: code.meaning,
    section: [
      studySection(resource),
      ...sections.map(sectionOf),
      ...needed.filter((kind) => !sections.some((each) => each.kind === kind)).map(emptySection),
    ],
  };
}

function studySection({ id, imagingStudy = [] }: DiagnosticReport): CompositionSection {
  return {
    title: STUDY.meaning,
    code: conceptOf(STUDY),
    entry: [...imagingStudy, { reference: `DiagnosticReport/${id}` }],
  };
}

const sectionOf = (section: Section): CompositionSection => ({
  title: titleOf(section),
  code: conceptOf(loincOf(section.kind)),
  text: { status: 'generated', div: divOf(section.text) },
});

const emptySection = (kind: SectionKind): CompositionSection => ({
  title: loincOf(kind).meaning,
  code: conceptOf(loincOf(kind)),
  emptyReason: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'notasked' }] },
});

/** Lines stay lines, and blanks blanks. */
const divOf = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml" style="white-space: pre-wrap">${text
    .split('\n')
    .map(escapeXml)
    .join('<br/>')}</div>`;
