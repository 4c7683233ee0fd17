// The queries of a patient identifier cross-reference: PIX (QBP^Q23, ITI-9) and patient demographics (QBP^Q22, ITI-21).
// HL7 v2.8.2 5.4.1 (QPD), 5.5.6 (RCP); IHE ITI TF-2 3.9.4.1 and 3.21.4.1.

import { Problem } from '../base/problem.ts';
import { type Cx, cx, type Hd, hd } from './identifiers.ts';
import type { Message } from './message.ts';
import type { Segment } from './segment.ts';

export const limits = {
  /** Patients of one answer, also where RCP-2 asks for more. */
  quantity: 1_000,
} as const;

/** Which identifiers has this patient elsewhere? */
export interface PixQuery {
  kind: 'pix';
  patient: Cx;
  /** Of these authorities only; empty: of all. */
  domains: Hd[];
}

/** Who fits these demographics? */
export interface PdqQuery {
  kind: 'pdq';
  /** By the field of PID they are about: `PID.5.1`; values as text, `*` at their end for any end. */
  parameters: { field: string; value: string }[];
  domains: Hd[];
  /** RCP-2. */
  quantity: number;
  /** DSC-1 of the answer that this one continues. */
  continuation?: string;
}

/** Throws hl7/unsupported-event for other queries, hl7/missing-field. */
export function readQuery(message: Message): PixQuery | PdqQuery {
  const qpd = message.segment('QPD');
  if (qpd === undefined) throw new Problem('hl7/missing-segment', { messageType: 'QBP', segment: 'QPD' });
  const event = message.header.triggerEvent;
  if (event === 'Q23') return pixQuery(qpd);
  if (event === 'Q22' || event === 'ZV1') return pdqQuery(qpd, message);
  throw new Problem('hl7/unsupported-event', { triggerEvent: event.slice(0, 4).replace(/\W/g, '?') });
}

function pixQuery(qpd: Segment): PixQuery {
  const patient = cx(qpd.value(3));
  if (patient === undefined) throw new Problem('hl7/missing-field', { field: 'QPD-3' });
  return { kind: 'pix', patient, domains: domainsAt(qpd, 4) };
}

function pdqQuery(qpd: Segment, message: Message): PdqQuery {
  const parameters = qpd.repetitions(3).flatMap((repetition) => {
    const field = /^@?(PID\.[\d.]+)$/.exec(repetition.component(1))?.[1];
    const value = repetition.component(2);
    return field === undefined || value === '' ? [] : [{ field, value }];
  });
  if (parameters.length === 0) throw new Problem('hl7/missing-field', { field: 'QPD-3' });
  const asked = Number(message.segment('RCP')?.text(2)) || limits.quantity;
  const continuation = message.segment('DSC')?.text(1);
  return {
    kind: 'pdq',
    parameters,
    domains: domainsAt(qpd, 8),
    quantity: Math.min(Math.max(asked, 1), limits.quantity),
    ...(continuation && { continuation }),
  };
}

/** CX without an id: only their authorities count. */
function domainsAt(qpd: Segment, field: number): Hd[] {
  return qpd.repetitions(field).flatMap((repetition) => hd(repetition.nested(4)) ?? []);
}
