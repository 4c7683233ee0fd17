// The DIMSE door on an archive in memory, and our own SCU in front of it, for tests of its services.

import type { TestContext } from 'node:test';
import { DataSet } from '../../src/dicom/dataset.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT,
  IMPLICIT_VR_LITTLE_ENDIAN as IMPLICIT,
} from '../../src/dicom/transfer-syntax.ts';
import { type DimseListenerOptions, listenDimse } from '../../src/dimse/listener.ts';
import {
  type AssociationRequest,
  openAssociation,
  type RequestedAssociation,
} from '../../src/dimse/requested-association.ts';
import type { ContextProposal } from '../../src/dimse/store-contexts.ts';
import { dimseChannel, type TraceEvent } from '../../src/dimse/trace.ts';
import type { MadeInstance } from './instances.ts';
import { ManualTimers } from './manual-timers.ts';
import type { MemoryArchive } from './memory-archive.ts';

export const PATIENT_FIND = '1.2.840.10008.5.1.4.1.2.1.1';
export const STUDY_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
export const STUDY_MOVE = '1.2.840.10008.5.1.4.1.2.2.2';
export const STUDY_GET = '1.2.840.10008.5.1.4.1.2.2.3';

/** Our SCP, on `archive`, until the test ends. */
export async function serving(t: TestContext, archive: MemoryArchive, options: Partial<DimseListenerOptions> = {}) {
  const defaults = { host: '127.0.0.1', port: 0, aeTitle: 'FASCIA', handlers: archive };
  const listener = await listenDimse({ ...defaults, ...options, limits: { closeMs: 20, ...options.limits } });
  t.after(() => {
    const closed = listener.close();
    if (options.timers instanceof ManualTimers) options.timers.advance(20);
    return closed;
  });
  return listener;
}

/** Proposed in both plain transfer syntaxes. */
export const plain = (abstractSyntax: string): ContextProposal => ({
  abstractSyntax,
  transferSyntaxes: [EXPLICIT, IMPLICIT],
});

/** Our SCU, on an association with it. */
export async function associated(
  t: TestContext,
  port: number,
  contexts: readonly ContextProposal[],
  more: Partial<AssociationRequest> = {},
): Promise<RequestedAssociation> {
  const called = { host: '127.0.0.1', port, calledAeTitle: 'FASCIA', callingAeTitle: 'WORKSTATION' };
  const association = await openAssociation({ ...called, contexts, ...more });
  t.after(() => association.abort());
  return association;
}

export function sendable(made: MadeInstance, chunkBytes = 1000) {
  const { bytes } = made;
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield new Uint8Array(bytes.subarray(at, at + chunkBytes));
  };
  return { ...made, sizeBytes: bytes.length, open };
}

/** Puts instances into `archive`. */
export function filled(archive: MemoryArchive, made: readonly MadeInstance[]): MadeInstance[] {
  for (const each of made) archive.keep(each, each.bytes);
  return [...made];
}

export const identifier = (level: string, keys: Record<string, string | readonly string[] | null>): DataSet => {
  const dataset = new DataSet().set('QueryRetrieveLevel', level);
  for (const [key, value] of Object.entries(keys)) dataset.set(key, value);
  return dataset;
};

/** What the trace says from now on, a line each. */
export function traced(t: TestContext): string[] {
  const lines: string[] = [];
  const listen = (event: unknown): void => {
    const { direction, text } = event as TraceEvent;
    lines.push(`${direction} ${text}`);
  };
  dimseChannel.subscribe(listen);
  t.after(() => dimseChannel.unsubscribe(listen));
  return lines;
}
