// A FHIR Attachment (R4 2.24.0.12), of a DocumentReference or a Media, as instances: what it holds says itself what it is, its
// media type only where models are known by nothing else.

import { Problem } from '../base/problem.ts';
import { fromBase64 } from '../dicom/base64.ts';
import { DataSet } from '../dicom/dataset.ts';
import { sourceOf } from './byte-source.ts';
import { instancesOfFile, isForeign, type TranslateOptions } from './instances-of-file.ts';
import type { FileContext, MadeInstance } from './made-instance.ts';

/** `data` as FHIR has it, in base64, or the bytes that `url` gave. */
export interface Attachment {
  contentType?: string;
  data: string | Uint8Array;
  title?: string;
  /** FHIR dateTime, of which a day and a time by the minute or second are taken. */
  creation?: string;
}

/** RFC 8081 and the registry: models begin with nothing that names them. */
const extensions: Record<string, string> = {
  'model/stl': '.stl',
  'application/sla': '.stl',
  'model/obj': '.obj',
  'model/mtl': '.mtl',
};

/** Throws dicom/not-expressible, dicom/unreadable or dicom/limit, with the reason; for what is DICOM itself, too. */
export async function* instancesOfAttachment(
  { contentType = '', data, title, creation }: Attachment,
  context: FileContext,
  options: TranslateOptions = {},
): AsyncGenerator<MadeInstance> {
  const bytes = typeof data === 'string' ? decoded(data) : data;
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase();
  const fileName = `${options.fileName ?? 'attachment'}${extensions[mediaType] ?? ''}`;
  if (!isForeign(bytes, fileName)) throw new Problem('dicom/not-expressible', { what: 'this attachment' });
  const instance = { ...context.instance, ...momentOf(creation) };
  yield* instancesOfFile(sourceOf(bytes), { ...context, instance }, { title, ...options, fileName });
}

/** PS3.3 C.12.1.1.5: what these were made of is told by who made them. `reference`: the resource, as Type/id. */
export async function* attachedTo(
  instances: AsyncIterable<MadeInstance>,
  reference: string,
): AsyncGenerator<MadeInstance> {
  for await (const made of instances) {
    const purpose = { CodeValue: '109102', CodingSchemeDesignator: 'DCM', CodeMeaning: 'Processing Equipment' };
    const item = new DataSet()
      .set('PurposeOfReferenceCodeSequence', [dataSetOf(purpose)])
      .set('Manufacturer', made.dataset.text('Manufacturer') ?? '')
      .set('ContributionDescription', `made of FHIR ${reference}`);
    made.dataset.set('ContributingEquipmentSequence', [item]);
    yield made;
  }
}

const dataSetOf = (values: Record<string, string>): DataSet =>
  Object.entries(values).reduce((item, [keyword, value]) => item.set(keyword, value), new DataSet());

function decoded(data: string): Uint8Array {
  const bytes = fromBase64(data);
  if (bytes === undefined)
    throw new Problem('dicom/unreadable', { offset: 0, reason: 'an attachment that is no base64' });
  return bytes;
}

function momentOf(creation = ''): { date?: string; time?: string } {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?/.exec(creation) ?? [];
  return year === undefined ? {} : { date: `${year}${month}${day}`, time: `${hour}${minute}${second}` };
}
