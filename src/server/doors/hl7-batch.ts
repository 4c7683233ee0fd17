// Several messages in one frame are answered by one frame, in the form they came in: a batch by a batch, messages in a row
// by acknowledgements in a row. A sender that waits for one frame gets one. HL7 v2.8.2 2.10.3.

import { responseHeader } from '../../hl7v2/acknowledgement.ts';
import { systemAnswering } from '../../hl7v2/mllp/served-connection.ts';
import type { Batch } from '../../hl7v2/reader.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `answers`: the acknowledgements of each message. */
export function answerBatch({ messages, header }: Batch, answers: readonly Uint8Array[][]): Uint8Array[] {
  if (messages.length === 1 && header === undefined) return answers[0]!;
  const all = answers.flat();
  if (all.length === 0) return [];
  if (header === undefined) return [Buffer.concat(all)];
  // BHS-3 to 7 are MSH-3 to 7.
  const bhs = responseHeader(messages[0], '', systemAnswering)
    .raw.replace(/^MSH/, 'BHS')
    .split('|')
    .slice(0, 7)
    .join('|');
  return [Buffer.concat([ascii(`${bhs}\r`), ...all, ascii(`BTS|${all.length}\r`)])];
}
