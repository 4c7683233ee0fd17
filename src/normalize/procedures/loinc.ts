// LOINC codes of procedures, as far as the standard's own context groups hold them (PS3.16 CID 100, 7000, 12024, 12100):
// the most specific that fits. LOINC's own terminology of radiology is larger and not shipped.

import type { Decisions } from './procedure.ts';

export interface Loinc {
  code: string;
  meaning: string;
}

/** modality | part, or `*` | contrast, sign, or `*` | code | meaning; the first line that fits. */
const table = `
CT|brain|perfusion|39142-5|CT perfusion head with contrast IV
CT|brain|*|24725-4|CT Head Report
CT|chest|*|24627-2|CT Chest Report
CT|abdomen|*|41806-1|CT Abdomen Report
CT|*|*|25045-6|CT Report
MR|brain|*|24590-2|MRI Head Report
MR|spine|*|18756-7|MRI Spine Report
MR|*|*|25056-3|MRI Report
US|heart|*|42148-7|Echocardiography Report
US|pregnancy|*|11525-3|Ultrasound Obstetric and Gyn Report
US|carotid arteries|*|24616-5|US Carotid Arteries Report
US|pelvis|*|24869-0|US Pelvis
US|leg arteries|*|44174-1|US Doppler Lower Extremity Vessels Report
US|leg veins|*|44174-1|US Doppler Lower Extremity Vessels Report
US|*|*|25061-3|Ultrasound Report
MG|breast|screening|24606-6|Mammography Screening Report
NM|thyroid|*|30695-1|Nuclear Medicine Thyroid Scan Report
NM|brain|spect|39632-5|SPECT brain
NM|*|*|49118-3|Nuclear Medicine Report
PT|whole body|*|44139-4|PET whole body
PT&CT|whole body|*|44139-4|PET whole body
PT|*|*|44136-0|PET Scan Report
PT&CT|*|*|44136-0|PET Scan Report
RF|*|*|49512-7|Fluoroscopy Study Report
XR|axial skeleton|density|38269-7|DEXA Skeletal System Study Report
XR|*|*|43468-8|X-Ray Report
`;

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|') as [string, string, string, string, string]);

export function loincOf({ modality, focus }: Decisions, signs: ReadonlySet<string>): Loinc | undefined {
  const fitting = rows.find(
    ([ofModality, part, sign]) =>
      ofModality === modality && (part === '*' || part === focus) && (sign === '*' || signs.has(sign)),
  );
  return fitting && { code: fitting[3], meaning: fitting[4] };
}
