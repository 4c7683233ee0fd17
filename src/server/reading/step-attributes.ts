// What a workitem says of a reading, in the room: PS3.4 Table CC.2.5-3. Of the patient it says nothing: the study does, for as
// long as there are copies of it.

import { DataSet } from '../../dicom/dataset.ts';
import { dateTimeOf } from '../../orders/workitem-attributes.ts';
import type { ReadingStep } from '../../reading/case/reading-steps.ts';
import type { CaseFacts } from '../../reading/gate/asked.ts';

export const WORKLIST_LABEL = 'READING';

export interface StepContext {
  code: string;
  facts: CaseFacts;
  /** In the room. */
  studyUid: string;
  /** From which its images are retrieved. */
  aeTitle: string;
  dueAt?: number | undefined;
  /** As the reader writes it, a PN. */
  nameOf(reader: string): string | undefined;
  /** Of the workitem that this one replaces. */
  replaced?: string | undefined;
}

const UPS_PUSH = '1.2.840.10008.5.1.4.34.6.1';

/** What may be said of it while nobody has claimed it. */
export function scheduledAttributes(step: ReadingStep, context: StepContext): DataSet {
  const { code, facts, studyUid, aeTitle, dueAt, replaced } = context;
  const label = step.isOverRead ? 'Over-reading' : 'Reading';
  const attributes = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('PatientName', '')
    .set('PatientID', '')
    .set('ProcedureStepLabel', `${label} ${facts.modality} ${code}`)
    .set('WorklistLabel', WORKLIST_LABEL)
    .set('ScheduledProcedureStepPriority', facts.priority === 'routine' ? 'MEDIUM' : 'HIGH')
    .set('ScheduledProcedureStepStartDateTime', dateTime(step.scheduledAt))
    .set('InputReadinessState', step.isReady ? 'READY' : 'INCOMPLETE')
    .set('ScheduledWorkitemCodeSequence', [interpretation()])
    .set('InputInformationSequence', [
      new DataSet()
        .set('TypeOfInstances', 'DICOM')
        .set('StudyInstanceUID', studyUid)
        .set('DICOMRetrievalSequence', [new DataSet().set('RetrieveAETitle', aeTitle)]),
    ])
    .set('ScheduledHumanPerformersSequence', step.offeredTo === undefined ? [] : [performer(step.offeredTo, context)]);
  if (dueAt !== undefined) attributes.set('ExpectedCompletionDateTime', dateTime(dueAt));
  if (replaced !== undefined) {
    const reference = new DataSet().set('ReferencedSOPClassUID', UPS_PUSH).set('ReferencedSOPInstanceUID', replaced);
    attributes.set('ReplacedProcedureStepSequence', [reference]);
  }
  return attributes;
}

/** What was performed, without which no step is COMPLETED. The report goes home, and is no instance of the room. */
export function performedAttributes({ claim, endedAt }: ReadingStep, context: StepContext): DataSet {
  const performed = new DataSet()
    .set('ActualHumanPerformersSequence', claim === undefined ? [] : [performer(claim.reader, context)])
    .set('PerformedStationNameCodeSequence', [coded(context.aeTitle, OURS, context.aeTitle)])
    .set('PerformedProcedureStepStartDateTime', dateTime(claim!.at))
    .set('PerformedProcedureStepEndDateTime', dateTime(endedAt!))
    .set('PerformedWorkitemCodeSequence', [interpretation()])
    .set('OutputInformationSequence', []);
  return new DataSet().set('UnifiedProcedureStepPerformedProcedureSequence', [performed]);
}

/** Why it was cancelled, in what a request to cancel says. PS3.16 CID 9300. */
export const cancelAttributes = ({ reason }: ReadingStep): DataSet =>
  new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('ReasonForCancellation', reason ?? '')
    .set('ProcedureStepDiscontinuationReasonCodeSequence', [
      coded('110513', 'DCM', 'Discontinued for unspecified reason'),
    ]);

/** The same where somebody has claimed it. */
export const discontinuedAttributes = (step: ReadingStep): DataSet =>
  new DataSet().set('ProcedureStepProgressInformationSequence', [
    cancelAttributes(step).set('ProcedureStepCancellationDateTime', dateTime(step.endedAt!)),
  ]);

/** Codes of readers and stations are ours (PS3.3 8.2). */
const OURS = '99FASCIA';

const performer = (reader: string, { facts, nameOf }: StepContext): DataSet =>
  new DataSet()
    .set('HumanPerformerCodeSequence', [coded(reader.slice(0, 16), OURS, reader)])
    .set('HumanPerformerName', nameOf(reader) ?? '')
    .set('HumanPerformerOrganization', facts.provider);

/** PS3.16 CID 9231. */
const interpretation = (): DataSet => coded('110005', 'DCM', 'Interpretation');

const coded = (value: string, scheme: string, meaning: string): DataSet =>
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', scheme).set('CodeMeaning', meaning);

const dateTime = (at: number): string => dateTimeOf(new Date(at).toISOString());
