// Results of programs that call for haste: an Observation with a critical interpretation about a study raises the case of that
// study, and never lowers it. R4 observation.html, IHE AIR.

import type { Observation } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { priorityOfInterpretation, raisedBy } from '../../reading/critical/raise.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { Database } from '../../storage/database.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';

/** Who raises what a program found. */
const exchange = { kind: 'exchange', id: 'triage' } as const;

export interface Written {
  type: string;
  id: string;
}

/** A resource of a client was written. */
export async function triage(
  { database, cases }: { database: Database; cases: CaseLog },
  tenant: number,
  { type, id }: Written,
): Promise<void> {
  if (type !== 'Observation') return;
  const version = await currentVersion(database, { tenant, type, id });
  if (version?.text === undefined) return;
  const observation = resourceOf(version) as Observation;
  const priority = priorityOfInterpretation(interpretationsOf(observation));
  if (priority === undefined || !counts.has(observation.status ?? '')) return;
  const flag = { priority, evidence: `Observation/${id}` };
  for (const code of await casesOf(database, tenant, studiesOf(observation))) {
    const raise = cases.change(code, exchange, ({ reading }) => {
      const happening = raisedBy(flag, reading.facts.priority);
      return happening === undefined ? [] : [happening];
    });
    // One that was signed meanwhile needs nobody's haste.
    await raise.catch((thrown) => {
      if (!(thrown instanceof Problem && thrown.code === 'reading/not-possible')) throw thrown;
    });
  }
}

/** What was withdrawn or is not there yet is no reason. */
const counts: ReadonlySet<string> = new Set(['preliminary', 'final', 'amended', 'corrected']);

const interpretationsOf = ({ interpretation = [], component = [] }: Observation): string[] =>
  [...interpretation, ...component.flatMap((each) => each.interpretation ?? [])].flatMap(({ coding = [] }) =>
    coding.flatMap(({ code }) => code ?? []),
  );

/** Study Instance UIDs that it is derived from, is part of, or speaks of. */
function studiesOf({ derivedFrom = [], partOf = [], focus = [] }: Observation): string[] {
  return [...derivedFrom, ...partOf, ...focus].flatMap(({ reference = '', identifier }) => {
    const [, id] = /(?:^|\/)ImagingStudy\/([\w-]+)(?:\/_history\/\d+)?$/.exec(reference) ?? [];
    const uid = identifier?.system === 'urn:dicom:uid' ? identifier.value?.replace(/^urn:oid:/, '') : undefined;
    return [id === undefined ? undefined : readImagingStudyId(id)?.studyInstanceUid, uid].flatMap((each) => each ?? []);
  });
}

async function casesOf(database: Database, client: number, studies: readonly string[]): Promise<string[]> {
  if (studies.length === 0) return [];
  const rows = await database.query<{ id: string }>(
    `select id from reading_case where client = $1 and study_uid = any($2)
       and state not in ('final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error')`,
    [client, studies],
  );
  return rows.map(({ id }) => id);
}
