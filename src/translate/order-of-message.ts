// Orders as HL7 v2 sends them: ORM^O01 (IHE RAD-2, RAD-4 with ZDS), OMI^O23 (IPC) and OMG^O19. HL7 v2.8.2 chapter 4; IHE RAD
// TF-2 Table 4.4-6 says which field of OBR holds what of a worklist.

import { Problem } from '../base/problem.ts';
import { type DateTime, dateTimeOf } from '../hl7v2/date-time.ts';
import type { Message } from '../hl7v2/message.ts';
import type { Segment } from '../hl7v2/segment.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import type { Order, OrderNumber } from './order.ts';
import { isOtherSection, modalityOf } from './order-modality.ts';
import { orderedFor, visitOf } from './order-patient.ts';
import { codeAt, endOf, entityAt, momentOf, personAt, present, priorityOf, startOf, uidOf } from './order-segments.ts';
import { isAboutOrders, orderStatusOf } from './order-status.ts';
import { distinctSteps, stepsOf } from './steps-of-message.ts';

interface Group {
  orc: Segment | undefined;
  obr: Segment | undefined;
  /** What follows, up to the next order. */
  rest: Segment[];
}

/**
 * The orders for images in a message; none where it is about something else. Throws hl7/missing-segment without PID,
 * hl7/missing-field where the patient or the order has no number.
 */
export function ordersOfMessage(message: Message, profile: SenderProfile): Order[] {
  const groups = groupsOf(message.segments).filter(isForImages);
  if (groups.length === 0) return [];
  const orders = groups.map((group) => orderOf(group, message, profile)).filter((each) => each !== undefined);
  const patient = orderedFor(message, profile, orders.some(isSurelyForImages));
  if (patient === undefined) return [];
  const visit = visitOf(message, profile);
  return together(orders.map((order): Order => ({ ...order, patient, ...(visit && { visit }) })));
}

/** Each OBR with the ORC before it, which may stand for several; an ORC alone only says what became of its order. */
function groupsOf(segments: readonly Segment[]): Group[] {
  const groups: Group[] = [];
  let orc: Segment | undefined;
  // TQ1 stands before OBR since v2.5.
  let before: Segment[] = [];
  let isOpen = false;
  const close = (): void => {
    if (isOpen && orc !== undefined) groups.push({ orc, obr: undefined, rest: before });
    isOpen = false;
  };
  for (const segment of segments) {
    if (segment.name === 'ORC') {
      close();
      [orc, before, isOpen] = [segment, [], true];
    } else if (segment.name === 'OBR') {
      groups.push({ orc, obr: segment, rest: [...before] });
      isOpen = false;
    } else if (otherDetails.has(segment.name)) [orc, isOpen] = [undefined, false];
    else if (isOpen) before.push(segment);
    else groups.at(-1)?.rest.push(segment);
  }
  close();
  return groups;
}

/** Of orders for medicines, meals, supplies. */
const otherDetails: ReadonlySet<string> = new Set(['RXO', 'ODS', 'ODT', 'RQD', 'RQ1', 'BPO']);

/** Medicines and laboratory orders come by the same message; answers and refusals too. */
function isForImages({ orc, obr }: Group): boolean {
  if (!isAboutOrders(orc)) return false;
  return obr === undefined || !isOtherSection(obr.text(24));
}

/** IHE RAD-4: the fields from OBR-18 on. Some count one too many, and show it: no table has a modality in OBR-25. */
function fieldsOf(obr: Segment): number {
  const isOneOff = obr.text(18) === '' && obr.text(24) === '' && modalityOf(obr.text(25)) !== undefined;
  return isOneOff ? 1 : 0;
}

/** undefined where it has no number and nothing says that it is for images. */
function orderOf(
  { orc, obr, rest }: Group,
  message: Message,
  profile: SenderProfile,
): Omit<Order, 'patient'> | undefined {
  const off = obr === undefined ? 0 : fieldsOf(obr);
  const all = (name: string) => rest.filter((segment) => segment.name === name);
  const [ipc] = all('IPC');
  const tq1 = all('TQ1')[0];
  const placer = entityAt(orc, [2], profile) ?? entityAt(obr, [2], profile);
  const filler = entityAt(orc, [3], profile) ?? entityAt(obr, [3], profile);
  const field = (number: number): OrderNumber | undefined => obr && entityAt(obr, [number + off], profile);
  const accession = (ipc && entityAt(ipc, [1], profile)) ?? field(18);
  const requested = (ipc && entityAt(ipc, [2], profile)) ?? field(19);
  const procedure = codeAt(obr, 44) ?? codeAt(obr, 4);
  const moment = momentOf(startTimeOf({ orc, obr, rest }, off));
  const zds = message.segment('ZDS');
  const steps = stepsOf({ obr, off, ipcs: all('IPC'), observations: all('OBX') }, profile, { moment, procedure });
  if (placer === undefined && filler === undefined) {
    if (!isSurelyForImages({ steps })) return undefined;
    throw new Problem('hl7/missing-field', { field: 'ORC-2' });
  }
  return {
    ...present({
      placer,
      filler,
      accession: accession ?? shortEnough(filler),
      requestedProcedureId: requested?.number,
      procedureCode: procedure,
      procedureDescription: procedure?.meaning,
      studyInstanceUid: uidOf(ipc?.text(3)) ?? uidOf(zds?.text(1)),
      priority: priorityOf(tq1?.text(9) || orc?.text(7, 6) || obr?.text(27 + off, 6) || obr?.text(5)),
      status: orderStatusOf(orc),
      reason: reasonOf(obr),
      reasonCode: codeAt(obr, 31),
      comments: commentsOf(rest),
      requestingPhysician: personAt(orc, 12) ?? personAt(obr, 16),
      requestingPhysicianId: orc?.text(12) || obr?.text(16),
      referringPhysician: personAt(message.segment('PV1'), 8),
      enteredBy: personAt(orc, 10),
      requestingService: orc?.text(17, 2) || orc?.text(17) || orc?.text(21),
      transport: obr?.text(30),
      requestedAt: orc && (dateTimeOf(orc.value(15))?.iso ?? dateTimeOf(orc.value(9))?.iso),
      neededBy: endTimeOf({ orc, obr, rest }, off),
      timezone: moment.timezone,
    }),
    steps,
  };
}

/** Half of what comes by these messages is for others: only what names a modality is told what it lacks. */
const isSurelyForImages = ({ steps }: Pick<Order, 'steps'>): boolean =>
  steps.some(({ modality }) => modality !== undefined);

/** TQ1-7 since v2.5, ORC-7.4 and OBR-27.4 before, OBR-36 of the filler. */
function startTimeOf({ orc, obr, rest }: Group, off: number): DateTime | undefined {
  const tq1 = rest.find(({ name }) => name === 'TQ1');
  return (
    (tq1 && dateTimeOf(tq1.value(7))) ??
    startOf(orc?.value(7)) ??
    startOf(obr?.value(27 + off)) ??
    (obr && dateTimeOf(obr.value(36)))
  );
}

/** TQ1-8 since v2.5, ORC-7.5 and OBR-27.5 before. A day alone says nothing of the hour. */
function endTimeOf({ orc, obr, rest }: Group, off: number): string | undefined {
  const tq1 = rest.find(({ name }) => name === 'TQ1');
  const end = (tq1 && dateTimeOf(tq1.value(8))) ?? endOf(orc?.value(7)) ?? endOf(obr?.value(27 + off));
  return end?.iso.includes('T') ? end.iso : undefined;
}

/** An accession number is an SH; without one of its own, the filler's number is what images come back with. */
const shortEnough = (filler: OrderNumber | undefined): OrderNumber | undefined =>
  filler !== undefined && filler.number.length <= 16 ? filler : undefined;

function reasonOf(obr: Segment | undefined): string | undefined {
  const said = obr && [obr.text(31, 2) || obr.text(31), obr.text(13, 2) || obr.text(13)].filter(Boolean);
  return said === undefined ? undefined : [...new Set(said)].join('; ');
}

const commentsOf = (rest: readonly Segment[]): string =>
  rest
    .filter(({ name }) => name === 'NTE')
    .flatMap((nte) => nte.repetitions(3).map((value) => value.component(1)))
    .filter(Boolean)
    .join('\n');

/** IHE RAD-4: several groups with the numbers of one order and of one requested procedure are its steps. */
function together(orders: readonly Order[]): Order[] {
  const key = ({ placer, filler, requestedProcedureId }: Order): string =>
    JSON.stringify([placer, filler, requestedProcedureId]);
  return [...Map.groupBy(orders, key).values()].map((same) => ({
    ...same[0]!,
    steps: distinctSteps(same.flatMap(({ steps }) => steps)),
  }));
}
