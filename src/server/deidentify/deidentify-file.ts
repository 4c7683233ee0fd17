// De-identifies Part 10 files: read twice, its head searched and its pixels passed through, so that memory does not grow with
// the file. What leaves has a preamble of zeros and File Meta Information of our own (PS3.10 7.1).

import { type FileHandle, open, rm } from 'node:fs/promises';
import { Problem } from '../../base/problem.ts';
import type { DeidentifyOptions } from '../../deidentify/deidentify.ts';
import type { PixelsAnswer } from '../../deidentify/marks.ts';
import type { PixelDemand } from '../../deidentify/pixel-demand.ts';
import type { Region } from '../../deidentify/profile.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { DicomReader } from '../../dicom/reader.ts';
import { Reencoder } from '../../dicom/reencode.ts';
import type { TransferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import type { StepValue } from '../../routing/step.ts';
import type { TransformFinding } from '../../routing/transform/finding.ts';
import { type Outgoing, outgoing } from '../../routing/transform/outgoing.ts';
import { cleanedSyntax, cleanPixels, heldBytes } from './clean-pixels.ts';
import type { Asked, Deidentifier } from './deidentifier.ts';

export const limits = {
  /** Read at once: of heads, most of which are shorter, and of all. */
  headBytes: 32 * 1024,
  stepBytes: 256 * 1024,
} as const;

export interface DeidentifiedFile {
  dataset: DataSet;
  findings: readonly TransformFinding[];
  isStopped: boolean;
  transferSyntax: TransferSyntax;
  /** Regions of all frames in which words were, or are by the profile. */
  blackened: readonly Region[];
  /** The file, where it is not stopped; to be read before `close`. A chunk is good until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface FileWish {
  tenant: string;
  step: StepValue<'deidentify'>;
  pixels?: PixelsAnswer;
  note?: DeidentifyOptions['note'];
}

/** Rejects with dicom/unreadable, and where the file cannot be read. */
export async function deidentifyFile(
  path: string,
  deidentifier: Deidentifier,
  wish: FileWish,
): Promise<DeidentifiedFile> {
  const file = await open(path, 'r');
  try {
    return await begun(file, deidentifier, wish);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function begun(file: FileHandle, deidentifier: Deidentifier, wish: FileWish): Promise<DeidentifiedFile> {
  const { transferSyntax, datasetOffset, sopClassUid } = await begin(file);
  if (sopClassUid === MEDIA_STORAGE_DIRECTORY)
    throw new Problem('dicom/unreadable', { offset: 0, reason: 'an index of other files: make it anew of those' });
  const demands: PixelDemand[] = [];
  const demanded = (asked: PixelDemand) => void demands.push(asked);
  const stored: Source = { syntax: transferSyntax, open: (stepBytes) => chunksOf(file, datasetOffset, stepBytes) };
  const first = await searched(stored, deidentifier, { ...wish, demanded });
  const [demand] = demands;
  const cleaned = demand && (await cleanPixels(await heldBytes(stored.open()), transferSyntax.uid, demand));
  const source = cleaned?.dataset === undefined ? stored : inMemory(cleaned.dataset);
  const made =
    cleaned === undefined ? first : await searched(source, deidentifier, { ...wish, pixels: cleaned.answer });
  const { dataset, findings, stopped, edits } = made;
  const { syntax } = source;
  const identity = {
    sopClassUid: dataset.text('SOPClassUID') ?? '',
    sopInstanceUid: dataset.text('SOPInstanceUID') ?? '',
    transferSyntaxUid: syntax.uid,
  };
  return {
    dataset,
    findings,
    isStopped: stopped,
    transferSyntax: syntax,
    blackened: cleaned?.regions ?? [],
    async *chunks() {
      if (edits === undefined) {
        yield* chunksOf(file, 0, limits.stepBytes);
        return;
      }
      yield fileMeta(identity);
      yield* new Reencoder(syntax, syntax, { edits }).through(source.open());
    },
    close: () => file.close(),
  };
}

/** A data set, which may be opened several times. */
interface Source {
  syntax: TransferSyntax;
  open(stepBytes?: number): AsyncIterable<Uint8Array>;
}

function inMemory(dataset: DataSet): Source {
  const bytes = concatenated(writeDataSet(dataset, cleanedSyntax));
  return {
    syntax: cleanedSyntax,
    async *open() {
      yield bytes;
    },
  };
}

function searched(
  { syntax, open }: Source,
  deidentifier: Deidentifier,
  wish: FileWish & Pick<Asked, 'demanded'>,
): Promise<Outgoing> {
  return outgoing(open(limits.headBytes), [{ deidentify: wish.step }], {
    syntax,
    uidOf: (text) => text,
    coerced: {},
    note: { modifyingSystem: '', at: new Date(0) },
    deidentify: (dataset, step) => deidentifier.deidentify(dataset, { ...wish, step, transferSyntaxUid: syntax.uid }),
  });
}

/** Writes it to a file, which is whole or is not there. */
export async function writeTo(path: string, { chunks }: DeidentifiedFile): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of chunks()) await file.writeFile(chunk);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10';

/** Where the data set begins, and what it is written in. */
async function begin(file: FileHandle) {
  const reader = new DicomReader({ form: 'detect' });
  for await (const chunk of chunksOf(file, 0, limits.headBytes)) {
    reader.push(chunk);
    if (reader.datasetOffset !== undefined) break;
  }
  if (reader.datasetOffset === undefined) reader.end();
  const sopClassUid = reader.partial.meta.text('MediaStorageSOPClassUID');
  return { transferSyntax: reader.transferSyntax!, datasetOffset: reader.datasetOffset!, sopClassUid };
}

/** One buffer serves them all: whoever takes a chunk is done with it when it asks for the next. */
async function* chunksOf(
  file: FileHandle,
  from: number,
  stepBytes: number = limits.stepBytes,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Buffer.allocUnsafeSlow(stepBytes).buffer);
  for (let at = from; ; ) {
    const { bytesRead } = await file.read(buffer, 0, stepBytes, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
