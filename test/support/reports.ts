// Reports for laws: any text that a reader may dictate, in any script, as long as anybody writes, with everything that some
// format has to escape.

import fc from 'fast-check';
import type { Report, Section } from '../../src/translate/report/report.ts';
import { plainText } from '../../src/translate/report/report.ts';
import type { SectionKind } from '../../src/translate/report/section.ts';

const words: Readonly<Record<string, readonly string[]>> = {
  english: 'acute left frontal subdural haematoma 9 mm midline shift no fracture (T1w/FLAIR) SUV 4.2 “unchanged”'.split(
    ' ',
  ),
  german: 'Größenkonstante Läsion ohne Rückbildung, Übergang fließend; Maßstab 1:2'.split(' '),
  greek: 'Χωρίς εστιακή βλάβη στο δεξιό ημισφαίριο'.split(' '),
  cyrillic: 'Острых очаговых изменений не выявлено, срединные структуры не смещены'.split(' '),
  japanese: ['左前頭葉に急性硬膜下血腫を認める。', '正中偏位は4mm。', 'カテーテル先端', 'ﾌｨﾙﾑ', '比較：前回と変化なし'],
  korean: '급성 경막하 혈종 소견 없음 이전 검사와 비교하여 변화 없음'.split(' '),
  chinese: ['左额急性硬膜下血肿，', '中线移位4毫米。', '與前片比較無明顯變化', '㐀', '龘'],
  arabic: 'لا يوجد نزيف داخل الجمجمة'.split(' '),
  hebrew: 'אין עדות לדימום תוך גולגולתי'.split(' '),
  escapes: [
    '|',
    '^',
    '&',
    '~',
    '\\',
    '\\.br\\',
    '\\E\\',
    '\\T\\',
    '\\X0D\\',
    '<b>',
    '&amp;',
    '"',
    "'",
    '\t',
    '\\H\\x\\N\\',
    '""',
    '%',
    '=',
    'C:\\img\\1',
    'MSH|',
    '(',
    ')',
    '{x}',
  ],
};

export type Script = keyof typeof words;
export const scripts = Object.keys(words);

/** Paragraphs of words of these scripts. */
function text(of: readonly string[], longest: number): fc.Arbitrary<string> {
  const word = fc.constantFrom(...of.flatMap((script) => words[script]!));
  const line = fc.array(word, { minLength: 1, maxLength: 14 }).map((all) => all.join(' '));
  return fc
    .array(line, { minLength: 1, maxLength: longest })
    .map((lines) => plainText(lines.join('\n')))
    .filter((each) => each !== '' && each !== '""');
}

const kinds: readonly SectionKind[] = [
  'indication',
  'history',
  'technique',
  'comparison',
  'findings',
  'impression',
  'recommendation',
];

const name = fc.constantFrom('Reader^Robin^^Dr', 'Λέκτορας^Ρένα', 'Ivanov^Ivan^^^MD', '山田^太郎');

export interface ReportOptions {
  /** Of which scripts its text is. */
  of?: readonly string[];
  lines?: number;
}

/** A report as HL7 v2, FHIR and SR can each say all of it. */
export function reports({ of = scripts, lines = 12 }: ReportOptions = {}): fc.Arbitrary<Report> {
  const section: fc.Arbitrary<Section> = fc.record(
    {
      kind: fc.constantFrom(...kinds),
      text: text(of, lines),
      interpretation: fc.constantFrom('AA', 'A', 'N'),
    },
    { requiredKeys: ['kind', 'text'], noNullPrototype: true },
  );
  const sections = fc.uniqueArray(section, { minLength: 1, maxLength: 5, selector: ({ kind }) => kind });
  const addenda = fc
    .array(text(of, 3), { maxLength: 2 })
    .map((texts) =>
      texts.map((each, at): Section => ({ kind: 'addendum', text: each, at: `2026-11-23T1${at}:30:00+00:00` })),
    );
  return fc
    .record({
      filler: fc.integer({ min: 1, max: 1e9 }),
      status: fc.constantFrom('partial', 'preliminary', 'final', 'amended', 'cancelled', 'entered-in-error'),
      reader: name,
      helper: fc.option(name),
      sections,
      addenda,
      diameter: fc.option(fc.integer({ min: 1, max: 400 })),
    })
    .map(({ filler, status, reader, helper, sections: body, addenda: later, diameter }) => ({
      filler: { number: `F${filler}`, issuer: 'READX' },
      placer: { number: `P${filler}`, issuer: '2.999.7&ISO' },
      accession: { number: `A${filler}`, issuer: '' },
      code: { value: '30799-1', scheme: 'LN', meaning: 'CT Head WO contrast' },
      patient: { issuer: 'SITE12', patientId: 'MRN-100277', name: 'Doe^Jane', birthDate: '19610504', sex: 'F' },
      studyInstanceUid: '2.999.1.77.4412',
      status: status === 'amended' ? (later.length > 0 ? 'appended' : 'corrected') : (status as Report['status']),
      language: 'en',
      issuedAt: '2026-11-23T09:24:03+00:00',
      observedAt: '2026-11-23T09:02:40+00:00',
      organization: 'RADIOLOGY',
      people: [
        { role: 'interpreter' as const, name: reader, id: { number: '33', issuer: 'READX' } },
        ...(helper === null ? [] : [{ role: 'assistant' as const, name: helper }]),
      ],
      sections: [...body, ...later],
      observations:
        diameter === null
          ? []
          : [
              {
                code: { value: '33728-7', scheme: 'LN', meaning: 'Size.maximum dimension' },
                value: { number: String(diameter / 10), unit: { value: 'mm', scheme: 'UCUM', meaning: 'mm' } },
              },
            ],
      documents: [],
    }));
}

/** One that is 40,000 characters and more. */
export const longReports = (of: readonly string[] = scripts): fc.Arbitrary<Report> =>
  fc.tuple(reports({ of }), fc.constantFrom(...of.filter((script) => script !== 'escapes'))).map(([report, script]) => {
    const paragraph = words[script]!.join(' ');
    const long = Array.from({ length: Math.ceil(40_000 / paragraph.length) }, (_, at) => `${at + 1}. ${paragraph}`);
    const findings: Section = { kind: 'findings', text: plainText(long.join('\n')) };
    const [, ...others] = report.sections;
    return { ...report, sections: [findings, ...others.filter(({ kind }) => kind !== 'findings')] };
  });
