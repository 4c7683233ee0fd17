// A procedure as facts beside the study: what ImagingStudy, rules and worklists read. Codes are those of RadLex and of
// SNOMED CT as PS3.16 CID 4 has them.

import type { Fact, FactSource } from '../fact.ts';
import { bodyParts } from './anatomy.ts';
import type { Procedure, ProcedureInput } from './procedure.ts';

/** `code^scheme^meaning`, as a Code Sequence item is written in one line. */
const coded = (code: string, scheme: string, meaning: string): string => `${code}^${scheme}^${meaning}`;

const sources: [keyof ProcedureInput, FactSource][] = [
  ['studyDescription', { path: '00081030' }],
  ['seriesDescriptions', { path: '0008103e' }],
  ['modality', { path: '00080060' }],
  ['bodyPart', { path: '00180015' }],
  ['laterality', { path: '00200060' }],
  ['contrastAgent', { path: '00180010' }],
];

export function procedureFacts(input: ProcedureInput, procedure: Procedure): Fact[] {
  const said = sources.filter(([name]) => (input[name] ?? '').length > 0).map(([, source]) => source);
  const reason = ['read from the words of the study', ...procedure.reasons].join('; ');
  const fact = (attribute: string, value: string): Fact => ({
    attribute,
    value,
    sources: said,
    confidence: procedure.confidence,
    reason,
  });
  const part = bodyParts.get(procedure.focus)!;
  const facts = [fact('Modality', procedure.modality), fact('Contrast', procedure.contrast)];
  if (procedure.focus !== 'unspecified') facts.push(fact('AnatomicFocus', procedure.focus));
  if (procedure.region !== '') facts.push(fact('BodyRegion', procedure.region));
  if (part.code !== undefined) facts.push(fact('AnatomicRegionSequence', coded(part.code, 'SCT', part.meaning!)));
  if ('RLB'.includes(procedure.laterality)) facts.push(fact('Laterality', procedure.laterality));
  if (procedure.rpid !== '') facts.push(fact('ProcedureCodeSequence', coded(procedure.rpid, 'RADLEX', procedure.rpid)));
  if (procedure.loinc !== undefined) {
    facts.push(fact('ProcedureCodeSequence', coded(procedure.loinc.code, 'LN', procedure.loinc.meaning)));
  }
  if (procedure.interventional) facts.push(fact('Interventional', 'y'));
  return facts.filter(({ value }) => value !== '');
}
