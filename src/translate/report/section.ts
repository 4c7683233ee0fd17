// The sections of a report and what each format calls them: LOINC as HL7 v2, FHIR and CDA do, headings and elements of PS3.16
// CID 7001 and CID 7002 as SR does; and what senders write instead.

import type { Code } from '../order.ts';

export type SectionKind =
  | 'request'
  | 'indication'
  | 'history'
  | 'technique'
  | 'comparison'
  | 'findings'
  | 'impression'
  | 'recommendation'
  | 'communication'
  | 'complications'
  | 'addendum'
  /** Of the whole, or of what nobody here has a name for. */
  | 'report';

interface Row {
  loinc: Code;
  heading: Code;
  element: Code;
  /** LOINC and DCM codes, and suffixes of OBX-3 (HL7 v2.5.1 7.2.4), that mean it too. */
  others: readonly string[];
  words: RegExp;
}

const ln = (value: string, meaning: string): Code => ({ value, scheme: 'LN', meaning });
const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });

const rows: Readonly<Record<SectionKind, Row>> = {
  request: {
    loinc: ln('55115-0', 'Requested imaging studies information Document'),
    heading: dcm('121062', 'Request'),
    element: dcm('121062', 'Request'),
    others: [],
    words: /^(request|order)/i,
  },
  indication: {
    loinc: ln('18785-6', 'Radiology Reason for study (narrative)'),
    heading: dcm('121109', 'Indications for Procedure'),
    element: dcm('121109', 'Indications for Procedure'),
    others: ['55108-5', '121110'],
    words: /^(indication|reason|clinical (question|indication))/i,
  },
  history: {
    loinc: ln('11329-0', 'History general Narrative - Reported'),
    heading: dcm('121060', 'History'),
    element: dcm('121060', 'History'),
    others: ['55752-0', '10164-2'],
    words: /history|anamnes/i,
  },
  technique: {
    loinc: ln('55111-9', 'Current imaging procedure descriptions Document'),
    heading: dcm('121064', 'Current Procedure Descriptions'),
    element: dcm('121065', 'Procedure Description'),
    others: ['42349-1'],
    words: /techni|^procedure|protocol/i,
  },
  comparison: {
    loinc: ln('18834-2', 'Radiology Comparison study (narrative)'),
    heading: dcm('121068', 'Previous Findings'),
    element: dcm('121069', 'Previous Finding'),
    others: ['55114-3', '121066'],
    words: /compar|prior|previous/i,
  },
  findings: {
    loinc: ln('59776-5', 'Procedure findings Narrative'),
    heading: dcm('121070', 'Findings'),
    element: dcm('121071', 'Finding'),
    others: ['18782-3', 'GDT', 'OBS'],
    words: /finding|^body$|befund/i,
  },
  impression: {
    loinc: ln('19005-8', 'Radiology Imaging study [Impression] (narrative)'),
    heading: dcm('121072', 'Impressions'),
    element: dcm('121073', 'Impression'),
    others: ['55110-1', '121076', '121077', 'IMP'],
    words: /impression|conclusion|opinion|beurteilung/i,
  },
  recommendation: {
    loinc: ln('18783-1', 'Radiology Study recommendation (narrative)'),
    heading: dcm('121074', 'Recommendations'),
    element: dcm('121075', 'Recommendation'),
    others: ['REC'],
    words: /recommend/i,
  },
  communication: {
    loinc: ln('73568-8', 'Communication of critical results [Description] Document'),
    heading: ln('73568-8', 'Communication of Critical Results'),
    element: ln('73568-8', 'Communication of Critical Results'),
    others: [],
    words: /communicat|critical result/i,
  },
  complications: {
    loinc: ln('55109-3', 'Complications Document'),
    heading: dcm('121113', 'Complications'),
    element: dcm('121113', 'Complications'),
    others: [],
    words: /complication/i,
  },
  addendum: {
    loinc: ln('55107-7', 'Addendum Document'),
    heading: dcm('121078', 'Addendum'),
    element: dcm('121078', 'Addendum'),
    others: ['ADT', 'ADD'],
    words: /addend/i,
  },
  report: {
    loinc: ln('18748-4', 'Diagnostic imaging study'),
    heading: dcm('121111', 'Summary'),
    element: dcm('121111', 'Summary'),
    others: ['55112-7', '11528-7', '68604-8'],
    words: /^(report|text|diagnostic imaging|narrative)/i,
  },
};

export const sectionKinds = Object.keys(rows) as SectionKind[];

export const loincOf = (kind: SectionKind): Code => rows[kind].loinc;
export const headingOf = (kind: SectionKind): Code => rows[kind].heading;
export const elementOf = (kind: SectionKind): Code => rows[kind].element;

const kindOfCode: ReadonlyMap<string, SectionKind> = new Map(
  sectionKinds.flatMap((kind) => {
    const { loinc, heading, element, others } = rows[kind];
    return [loinc.value, heading.value, element.value, ...others].map((code) => [code, kind] as const);
  }),
);

/** Whether the code is the usual one of its section in some format: then nothing is lost by its kind alone. */
export function isUsual(code: Code, kind: SectionKind): boolean {
  const { loinc, heading, element } = rows[kind];
  return [loinc, heading, element].some(({ value, scheme }) => value === code.value && scheme === code.scheme);
}

/** Which section a code means, by itself, by its suffix after `&`, or by its words; undefined where none. */
export function kindOf({ value, meaning }: Code, suffix = ''): SectionKind | undefined {
  const known = kindOfCode.get(suffix.toUpperCase()) ?? kindOfCode.get(value);
  return known ?? sectionKinds.find((kind) => rows[kind].words.test(meaning) || rows[kind].words.test(value));
}
