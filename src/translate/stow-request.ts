// A STOW-RS request of files that are no DICOM (PS3.18 10.5.2): their metadata as JSON, and each file as it is, in a part of
// its own. Its body is a list of bytes and Blobs, so that a browser sends a video from disk.

import type { DataSet } from '../dicom/dataset.ts';
import { jsonText } from '../dicom/json.ts';
import type { FileInstance } from './instance-of-file.ts';

export interface StowRequest<Content> {
  contentType: string;
  /** In order: `new Blob(body)`. */
  body: (Uint8Array | Content)[];
}

export interface OutgoingFile<Content> extends Pick<FileInstance, 'dataset' | 'bulk'> {
  content: Content;
}

/** `boundary`: long and random, because nobody looks for it in the files. */
export function stowRequest<Content>(files: readonly OutgoingFile<Content>[], boundary: string): StowRequest<Content> {
  const locations = files.map((_, at) => `bulk/${at + 1}`);
  const metadata = files.map(({ dataset, bulk }, at) => metadataText(dataset, bulk.tag, locations[at]!));
  const body: (Uint8Array | Content)[] = [
    bytes(`--${boundary}\r\nContent-Type: application/dicom+json\r\n\r\n[${metadata.join(',')}]`),
  ];
  for (const [at, { bulk, content }] of files.entries()) {
    const head = `Content-Type: ${bulk.mediaType}\r\nContent-Location: ${locations[at]}`;
    body.push(bytes(`\r\n--${boundary}\r\n${head}\r\n\r\n`), content);
  }
  body.push(bytes(`\r\n--${boundary}--\r\n`));
  return { contentType: `multipart/related; type="application/dicom+json"; boundary=${boundary}`, body };
}

/** The data set with a reference in the place of the value that is sent beside it. */
function metadataText(dataset: DataSet, tag: string, location: string): string {
  const reference = `"${tag}":{"vr":"OB","BulkDataURI":"${location}"}`;
  const text = jsonText(dataset);
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}${reference}}`;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
