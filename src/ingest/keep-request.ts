// What the catalogue is asked to keep of an object that was read.

import { DataSet } from '../dicom/dataset.ts';
import { encodeFrameIndex } from '../dicom/frame-index.ts';
import { jsonPieces } from '../dicom/json.ts';
import type { ReadResult } from '../dicom/reader.ts';
import { vrs } from '../dicom/vr.ts';
import type { KeepRequest } from '../storage/keep-rows.ts';
import { encodeMetadata, limits as metadataLimits } from '../storage/metadata.ts';
import type { ObjectHashes } from '../storage/objects/object-store.ts';
import type { Arrival } from './arrival.ts';
import { describeInstance, type Identity } from './describe.ts';
import { describeSeries, describeStudy } from './describe-study.ts';
import { patientKey } from './patient-key.ts';
import type { ReceivedPatient } from './received-patient.ts';
import { shiftFrames } from './shift-frames.ts';

/**
 * Does the work that needs no file, while the file is being written; the rest follows when its hashes are known.
 * `headerBytes`: what lies before the data set in the file. `patient`: whose study it is, where the object says it otherwise.
 */
export function prepareRequest(
  arrival: Arrival,
  { dataset, frames, datasetOffset, transferSyntax, findings }: ReadResult,
  identity: Identity,
  headerBytes: number,
  patient?: ReceivedPatient,
): (hashes: ObjectHashes, file: { object: string; sizeBytes: number }) => KeepRequest {
  const { tenant, principal, door, requestId, remoteAddress, source } = arrival;
  // Offsets count in what was received; in the file the data set may lie elsewhere. Inflated bytes lie in no file.
  const shift = transferSyntax.deflated ? 0 : headerBytes - datasetOffset;
  const told = frames?.kind === 'video' ? withTransferSyntax(dataset, transferSyntax.uid) : dataset;
  const pieces = jsonPieces(told, {
    isBulk: ({ vr, value }) =>
      vrs[vr].kind === 'bytes' && value instanceof Uint8Array && value.length > metadataLimits.inlineBytes,
  });
  const described = {
    ...describeInstance(dataset),
    sop_uid: identity.sopUid,
    sop_class: identity.sopClassUid,
    transfer_syntax: transferSyntax.uid,
    frames: frames === undefined ? null : encodeFrameIndex(shiftFrames(frames, shift)),
    metadata: encodeMetadata(pieces, identity),
    findings: findings.length === 0 ? null : JSON.stringify(findings),
    dataset_offset: headerBytes,
    source,
  };
  return ({ sha256, headerSha256 }, { object, sizeBytes }) => ({
    tenant,
    studyUid: identity.studyUid,
    patientKey: patient?.patient_key ?? patientKey(dataset),
    seriesUid: identity.seriesUid,
    audit: { principal, door, requestId, remoteAddress },
    study: () => ({ ...describeStudy(tenant, identity, dataset), ...patient }),
    series: () => describeSeries(tenant, identity, dataset),
    instance: { ...described, sha256, header_sha256: headerSha256, object, size_bytes: sizeBytes },
  });
}

/**
 * With Available Transfer Syntax UID (0008,3002), by which a viewer knows that it plays the object instead of asking for frames.
 * Metadata of all others is the object's own attributes and nothing else.
 */
function withTransferSyntax(dataset: DataSet, uid: string): DataSet {
  const copy = new DataSet();
  copy.characterSet = dataset.characterSet;
  for (const element of dataset.elements.values()) copy.add(element);
  return copy.set('AvailableTransferSyntaxUID', uid);
}
