// Declared against actual character set (PS3.5 6.1.2), and the shape of person names (PS3.5 6.2.1): a comma for a caret,
// groups or components too many, a title run into the name.

import type { DataSet } from '../../dicom/dataset.ts';
import { formatPersonName, parsePersonName } from '../../dicom/person-name.ts';
import type { Reporter } from './repair.ts';
import { sourceOf } from './source-of.ts';

const limits = {
  /** Elements whose bytes are compared with the declaration. */
  elements: 2000,
};

const textual = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const names = [
  'PatientName',
  'ReferringPhysicianName',
  'PerformingPhysicianName',
  'OperatorsName',
  'NameOfPhysiciansReadingStudy',
] as const;

export function texts(dataset: DataSet, report: Reporter): void {
  characterSet(dataset, report);
  for (const keyword of names) personName(dataset, keyword, report);
}

/** The character set that most of the misfitting values were taken for. */
function characterSet(dataset: DataSet, report: Reporter): void {
  const misfits = new Map<string, number>();
  let seen = 0;
  for (const { tag, vr } of dataset.elements.values()) {
    if (!textual.has(vr) || ++seen > limits.elements) continue;
    const bytes = dataset.bytes(tag);
    if (bytes === undefined) continue;
    const { misfit } = dataset.characterSet.read(bytes, vr);
    if (misfit !== undefined) misfits.set(misfit, (misfits.get(misfit) ?? 0) + 1);
  }
  const [best] = [...misfits].sort(([, a], [, b]) => b - a);
  if (best === undefined) return;
  if (!isDefinedTerm(best[0])) {
    report.finding('character-set', 'SpecificCharacterSet', 'values have bytes that no character set we know explains');
    return;
  }
  report.fact('character-set', {
    attribute: 'SpecificCharacterSet',
    value: best[0],
    sources: [sourceOf('SpecificCharacterSet')],
    confidence: misfits.size === 1 ? 0.95 : 0.8,
    reason: `${best[1]} values have bytes that the declared character set does not, and read well as ${best[0]}`,
  });
}

/** `ISO_IR 192`, not `ISO_IR 192 with U+FFFD for what is damaged`. */
const isDefinedTerm = (text: string): boolean => /^(ISO_IR \d+|ISO 2022 IR \d+|GB18030|GBK)$/.test(text);

function personName(dataset: DataSet, keyword: string, report: Reporter): void {
  const text = dataset.text(keyword);
  if (text === undefined) return;
  if (text.split('=').length > 3) report.finding('person-name', keyword, 'more than three component groups');
  else if (text.split('=').some((group) => group.split('^').length > 5))
    report.finding('person-name', keyword, 'more than five components');
  const [alphabetic = ''] = text.split('=');
  // `Family, Given` by a clerk: one comma, no caret.
  const written = /^([^,^]+),\s*([^,^]+)$/.exec(alphabetic);
  if (written !== null) {
    const shaped = parsePersonName(`${written[1]!.trim()}^${written[2]!.trim()}${text.slice(alphabetic.length)}`);
    report.fact('person-name', {
      attribute: keyword,
      value: formatPersonName(shaped),
      sources: [sourceOf(keyword)],
      confidence: 0.9,
      reason: 'family and given name are separated by a comma where a caret belongs',
    });
  } else if (!alphabetic.includes('^') && /^\S+\s+\S/.test(alphabetic)) {
    report.finding('person-name', keyword, 'several words in one component: which is the family name is not said');
  }
}
