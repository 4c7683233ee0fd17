// What is wrong with the steps of a rule before they meet an instance: attributes that do not exist, values that identify
// the object, a transfer syntax that is none, loss that was not asked for.

import { keywords, vrOf } from '../../dicom/dictionary.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { Extent } from '../decision.ts';
import { type Fault, meant } from '../document-faults.ts';
import type { Step, Transcode } from '../step.ts';
import { attributeOf } from './attribute.ts';
import { isUidStep } from './uid-plan.ts';

/** What names the object: only `remapUids`, `splitSeries` and `mergeSeries` give it another. */
const identifying: ReadonlySet<string> = new Set([
  'StudyInstanceUID',
  'SeriesInstanceUID',
  'SOPInstanceUID',
  'SOPClassUID',
  '0020000D',
  '0020000E',
  '00080018',
  '00080016',
]);

/** `after`: what must be complete before the steps are done. */
export function stepFaults(steps: readonly Step[], after: Extent): Fault[] {
  return steps.flatMap((step, at) => {
    const faults = [...faultsOf(step), ...orderFaults(step, steps.slice(at + 1), after)];
    return faults.map(({ path, message }) => ({ path: [at, ...path], message }));
  });
}

function orderFaults(step: Step, later: readonly Step[], after: Extent): Fault[] {
  if ('deidentify' in step) return afterDeidentify(later);
  const moves = 'splitSeries' in step || 'mergeSeries' in step;
  if (moves && after !== 'study') return [{ path: [], message: 'needs all of the study: after must be study' }];
  const isLossy = 'transcode' in step && step.transcode.lossy !== undefined;
  if (!isLossy || !later.some(isUidStep)) return [];
  return [{ path: [], message: 'makes another instance: it stands after the steps that change UIDs' }];
}

/** It gives every UID a pseudonym, in whatever study: no later step knows what they were, or brings back who it was. */
function afterDeidentify(later: readonly Step[]): Fault[] {
  if (later.some((step) => 'deidentify' in step)) return [{ path: [], message: 'stands once among the steps' }];
  if (later.some(isUidStep)) return [{ path: [], message: 'stands after the steps that change UIDs' }];
  return later.some((step) => 'coerce' in step)
    ? [{ path: [], message: 'stands after coerce, which would bring back who the patient is' }]
    : [];
}

function faultsOf(step: Step): Fault[] {
  if ('set' in step) return Object.keys(step.set).flatMap((name) => written(name, ['set', name]));
  if ('copy' in step) return [...named(step.copy.from, ['copy', 'from']), ...written(step.copy.to, ['copy', 'to'])];
  if ('remove' in step) {
    return step.remove.flatMap((name, at) => (name === 'private' ? [] : written(name, ['remove', at])));
  }
  if ('map' in step) return written(step.map.attribute, ['map', 'attribute']);
  if ('standardise' in step) {
    const { from, to } = step.standardise;
    return [...named(from, ['standardise', 'from']), ...written(to, ['standardise', 'to'])];
  }
  if ('coerce' in step) {
    return (step.coerce.attributes ?? []).flatMap((name, at) => written(name, ['coerce', 'attributes', at]));
  }
  if ('splitSeries' in step) return step.splitSeries.by.flatMap((name, at) => named(name, ['splitSeries', 'by', at]));
  if ('mergeSeries' in step) return step.mergeSeries.by.flatMap((name, at) => named(name, ['mergeSeries', 'by', at]));
  return 'transcode' in step ? transcodeFaults(step.transcode) : [];
}

function named(name: string, path: Fault['path']): Fault[] {
  if (attributeOf(name) !== undefined) return [];
  return [{ path, message: `no attribute ${name}${meant(name, keywords())}` }];
}

function written(name: string, path: Fault['path']): Fault[] {
  if (identifying.has(name.toUpperCase()) || identifying.has(name)) {
    return [{ path, message: `${name} identifies the object: remapUids gives it another` }];
  }
  const attribute = attributeOf(name);
  if (typeof attribute === 'number' && vrOf(attribute) === 'SQ' && path[0] !== 'remove' && path[0] !== 'copy') {
    return [{ path, message: `${name} is a sequence, which is no text` }];
  }
  return named(name, path);
}

function transcodeFaults({ to, lossy }: Transcode): Fault[] {
  const path = ['transcode', 'to'];
  const syntax = transferSyntax(to);
  if (syntax === undefined) return [{ path, message: `no transfer syntax ${to}` }];
  if (syntax.lossy && lossy === undefined) {
    return [{ path, message: `${syntax.name} loses information: say lossy with its ratio where that is meant` }];
  }
  return !syntax.lossy && lossy !== undefined
    ? [{ path, message: `${syntax.name} loses nothing: lossy is not for it` }]
    : [];
}
