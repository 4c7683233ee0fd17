// The attachments of one resource as instances, each by itself: what is refused of one is told with what became of the others.

import type { OperationOutcome } from '@medplum/fhirtypes';
import { localPrincipal, type Principal } from '../../auth/principal.ts';
import { asProblem, type Problem } from '../../base/problem.ts';
import { outcomeOf } from '../../fhir/issue.ts';
import type { DocumentInstances } from '../../storage/document-instances.ts';
import type { WrittenKey } from '../../storage/fhir-resources.ts';
import type { Attached } from '../../translate/attached.ts';
import { type Around, attachedTo, bytesOf } from './attached-to.ts';
import type { FileIntake, TakenFile } from './file-intake.ts';

/** Media types of what is nothing that images hold, and is left as it is without a word. */
const notForImages =
  /^(text\/(plain|html|markdown|csv|rtf)|application\/(json|fhir\+json|fhir\+xml|msword|rtf|zip|vnd\..*))/;

/** Rejects with what may be otherwise later. `lastUpdated`: when the resource was written. */
export async function instancesAttached(
  around: Around,
  files: Pick<FileIntake, 'attached'>,
  { tenant, type, id, by }: WrittenKey,
  { attached, lastUpdated }: { attached: Attached; lastUpdated: Date },
): Promise<Omit<DocumentInstances, 'content'>> {
  const self = `${type}/${id}`;
  const principal: Principal = { ...localPrincipal, id: by, tenant };
  const belonging = await attachedTo(around, self, attached);
  const taken: TakenFile = { instances: [], findings: [] };
  const problems: Problem[] = [];
  for (const [
    at,
    { contentType, title = attached.description, creation, ...where },
  ] of attached.attachments.entries()) {
    if (notForImages.test(contentType ?? '')) continue;
    try {
      const { bytes, type: mediaType } = await bytesOf(around, where);
      const attachment = {
        data: bytes,
        contentType: contentType ?? mediaType ?? '',
        creation: creation ?? attached.date ?? '',
        ...(title && { title }),
      };
      const wish = { ...belonging, number: at + 1, attachedTo: self, modified: lastUpdated };
      const { instances, findings } = await files.attached(attachment, wish, principal, { door: 'fhir', source: by });
      taken.instances.push(...instances);
      taken.findings.push(...findings);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.answers.retry) throw problem;
      problems.push(problem);
    }
  }
  const findings = taken.findings.map(({ code, assumed }) => ({ code, assumed }));
  const sopInstanceUids = taken.instances.map(({ sopInstanceUid }) => sopInstanceUid);
  const outcome = problems.length === 0 ? undefined : outcomeOfAll(problems);
  const [first] = taken.instances;
  const state = first !== undefined ? 'instances' : outcome === undefined ? 'kept' : 'refused';
  return { state, studyInstanceUid: first?.studyInstanceUid, sopInstanceUids, findings, outcome };
}

const outcomeOfAll = (problems: readonly Problem[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: problems.flatMap((problem) => outcomeOf(problem).issue),
});
