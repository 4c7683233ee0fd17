// What SQL tells too generously of imaging studies (isExact), looked at in the resource itself.

import type { Identifier, ImagingStudy } from '@medplum/fhirtypes';
import type { StudyCriterion, StudyValue } from '../../fhir/imaging-study-query.ts';

export function meetsInResource(study: ImagingStudy, { parameter, modifier, values }: StudyCriterion): boolean {
  const isMet = (value: StudyValue): boolean => {
    if (parameter === 'reason') return hasReason(study, value);
    const identifiers =
      parameter === 'identifier' ? study.identifier : study.basedOn?.map(({ identifier }) => identifier!);
    return (identifiers ?? []).some((identifier) => isIdentifier(identifier, value));
  };
  return modifier === 'not' ? !values.some(isMet) : values.some(isMet);
}

function hasReason({ reasonCode = [] }: ImagingStudy, { text, system }: StudyValue): boolean {
  const codings = reasonCode.flatMap(({ coding = [] }) => coding);
  return codings.some((coding) => isOfSystem(coding.system, system) && (text === '' || coding.code === text));
}

/** A UID is also found without its `urn:oid:`, as many a client writes it. */
const isIdentifier = (identifier: Identifier, { text, system }: StudyValue): boolean =>
  isOfSystem(identifier.system, system) &&
  (text === '' || identifier.value === text || identifier.value === `urn:oid:${text}`);

/** R4 search.html#token: `|code` is a code of no system. */
const isOfSystem = (said: string | undefined, asked: string | undefined): boolean =>
  asked === undefined || (said ?? '') === asked;
