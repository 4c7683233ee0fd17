// The scheduled steps of an order as HL7 v2 sends them: one for each IPC (OMI^O23), else the one that OBR describes
// (IHE RAD TF-2 Table 4.4-6).

import type { Segment } from '../hl7v2/segment.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import type { Code, ScheduledStep } from './order.ts';
import { modalityOf, modalityOfWords } from './order-modality.ts';
import { codeAt, codeOf, entityAt, personAt, present } from './order-segments.ts';

export interface StepSources {
  obr: Segment | undefined;
  off: number;
  ipcs: readonly Segment[];
  observations: readonly Segment[];
}

interface StepContext {
  moment: { date?: string; time?: string };
  procedure: Code | undefined;
}

/** One for each IPC, else the one that OBR describes; none where nothing but a status is said. */
export function stepsOf(
  { obr, off, ipcs, observations }: StepSources,
  profile: SenderProfile,
  { moment, procedure }: StepContext,
): ScheduledStep[] {
  if (obr === undefined) return [];
  const protocol = codeAt(obr, 4, 4);
  const common = present({
    startDate: moment.date,
    startTime: moment.time,
    performingPhysician: personAt(obr, 34),
    description: protocol?.meaning ?? procedure?.meaning,
    modality: modalityAt(obr.text(24 + off), observations, procedure),
  });
  if (ipcs.length === 0) {
    const id = entityAt(obr, [20 + off], profile)?.number ?? '';
    return [{ id, ...common, ...(protocol && { protocolCodes: [protocol] }) }];
  }
  return ipcs.map((ipc): ScheduledStep => {
    const protocols = ipc.repetitions(6).flatMap((value) => codeOf(value) ?? []);
    return {
      ...common,
      id: entityAt(ipc, [4], profile)?.number ?? '',
      ...present({
        modality: modalityOf(ipc.text(5)) ?? common.modality,
        description: protocols[0]?.meaning ?? common.description,
        stationName: ipc.text(7, 2) || ipc.text(7),
        location: ipc.text(8, 2) || ipc.text(8),
      }),
      ...(ipc.text(9) !== '' && { stationAeTitles: ipc.repetitions(9).map((value) => value.component(1)) }),
      ...(protocols.length > 0 && { protocolCodes: protocols }),
    };
  });
}

/** OBR-24, an observation in the scheme DCM (ANS CI-SIS, TLR), or the name of the procedure. */
function modalityAt(section: string, observations: readonly Segment[], procedure: Code | undefined) {
  const observed = observations
    .map((obx) => obx.value(5))
    .filter((value) => value.component(3).toUpperCase() === 'DCM')
    .map((value) => modalityOf(value.component(1)));
  return (
    modalityOf(section) ??
    observed.find((each) => each !== undefined) ??
    (procedure && (modalityOfWords(procedure.meaning) ?? modalityOfWords(procedure.value)))
  );
}

/** The last that is said of each; those that are not named are each their own. */
export const distinctSteps = (steps: readonly ScheduledStep[]): ScheduledStep[] => [
  ...new Map(steps.map((step, at) => [step.id || at, step])).values(),
];
