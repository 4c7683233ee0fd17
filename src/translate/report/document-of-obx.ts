// Encapsulated data, ED (HL7 v2.8.2 2A.2.24): a PDF or a CDA beside, or instead of, the text of a report; and back.

import { fromBase64 } from '../../dicom/base64.ts';
import { components, type Segment } from '../../hl7v2/segment.ts';
import type { ReportDocument } from './report.ts';

export const limits = {
  /** Characters of Base64. */
  documentCharacters: 64 * 1024 * 1024,
} as const;

const PDF = 'application/pdf';

/** undefined where the segment holds none that can be read. */
export function documentOf(obx: Segment): ReportDocument | undefined {
  if (obx.text(2) !== 'ED') return undefined;
  const value = obx.value(5);
  const [type, subtype, encoding] = [2, 3, 4].map((part) => value.component(part).toLowerCase());
  // Lines within Base64 are cut by whoever wraps them.
  const data = value.rawComponent(5).replace(/\\\.br\\|\\X0[AD]\\|\s/gi, '');
  if (data === '' || data.length > limits.documentCharacters) return undefined;
  if (encoding !== 'base64' || fromBase64(data) === undefined) return undefined;
  const title = obx.text(3, 2);
  return { mediaType: mediaTypeOf(type!, subtype!, data), data, ...(title && { title }) };
}

/** As it stands in OBX-5. */
export function writtenDocument({ mediaType, data }: ReportDocument): string {
  const [type = '', subtype = ''] = mediaType.split('/');
  return components(['', type, subtype, 'Base64', data]);
}

/** What the bytes are goes before what they are called: `AP^PDF`, `Application^pdf`, `PDF^^`. */
function mediaTypeOf(type: string, subtype: string, data: string): string {
  if (data.startsWith('JVBERi')) return PDF;
  if (/xml|cda/.test(subtype) || /^(PD94bW|PENsaW5pY2FsRG)/.test(data)) return 'text/xml';
  if (subtype.includes('/')) return subtype;
  const registered = /^(application|text|image|audio|video|multipart)$/.test(type) ? type : 'application';
  return `${registered}/${subtype || 'octet-stream'}`;
}
