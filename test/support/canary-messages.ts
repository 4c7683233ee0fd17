// What a ward and a RIS say of the canary patient: the order of the study, and the report of the one before.

import { canary } from '../../src/deidentify/testing/canary.ts';

const bytes = (...segments: string[]) => new TextEncoder().encode(segments.join('\r'));
const pid = `PID|1||${canary.id}^^^^MR||${canary.family}^${canary.given}||${canary.birthDate}|F`;

export const canaryOrder = bytes(
  'MSH|^~\\&|RIS|RAD|PACS|HOSP|20260131||ORM^O01|1|P|2.5.1||||||UNICODE UTF-8',
  pid,
  `ORC|NW|PLACER4711|FILLER4711||||^^^20260131090000|||||77^${canary.physician}^Rosa`,
  `OBR|1|PLACER4711|FILLER4711|CTH^CT Head^L|||||||||Frau ${canary.family}, Sturz am 30.01.2026, Dr. ${canary.physician} bittet um Ausschluss einer Blutung|||77^${canary.physician}^Rosa||${canary.accession}|RP1|S1||||CT`,
  `ZDS|${canary.studyUid}^RIS^Application^DICOM`,
);
export const canaryPriorReport = bytes(
  'MSH|^~\\&|READX|RP7|PACS|HOSP|20250201100000+0000||ORU^R01^ORU_R01|2|P|2.5.1||||||UNICODE UTF-8',
  pid,
  `OBR|1|PL1|FN-1^READX|30799-1^CT Head WO contrast^LN|||20250201090240${'|'.repeat(11)}ACCKNRY0815||||20250201100000||CT|F|||||||33&${canary.physician}&ROSA&&&DR`,
  `OBX|1|FT|18782-3^Findings^LN|1|Bei ${canary.given} ${canary.family} am 01.02.2025 kein Befund.||||||F`,
);
