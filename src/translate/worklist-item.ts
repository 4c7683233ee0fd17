// A scheduled step as the answer of a Modality Worklist: PS3.4 Table K.6-1. Every attribute that an order can say is here;
// what an asker wants of it, and what is empty, is the answer's form (dicom/find-answer.ts).

import { DataSet } from '../dicom/dataset.ts';
import { codeItems, cut, fill, issuerItem, issuerOfPatient, SHORT_STRING } from './dicom-items.ts';
import type { Order, OrderStatus, ScheduledStep } from './order.ts';

/** Scheduled Procedure Step Status (0040,0020), PS3.3 C.4.10; those that are over have words of Performed Procedure Steps. */
const stepStatus: Readonly<Record<OrderStatus, string>> = {
  SCHEDULED: 'SCHEDULED',
  ARRIVED: 'ARRIVED',
  'ON HOLD': 'ON HOLD',
  'IN PROGRESS': 'STARTED',
  COMPLETED: 'COMPLETED',
  DISCONTINUED: 'DISCONTINUED',
  CANCELED: 'CANCELED',
};

export const statusOfStep = (order: Order, step: ScheduledStep): OrderStatus =>
  step.status ?? order.status ?? 'SCHEDULED';

export function worklistItem(order: Order & { studyInstanceUid: string }, step: ScheduledStep): DataSet {
  const { patient, visit } = order;
  const item = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('ScheduledProcedureStepSequence', [stepItem(order, step)])
    .set('ReferencedStudySequence', null)
    .set('ReferencedPatientSequence', null)
    .set('StudyInstanceUID', order.studyInstanceUid)
    .set('RequestedProcedureID', requestedProcedureId(order));
  fill(item, {
    // Imaging Service Request
    AccessionNumber: order.accession?.number,
    IssuerOfAccessionNumberSequence: issuerItem(order.accession),
    RequestingPhysician: order.requestingPhysician,
    ReferringPhysicianName: order.referringPhysician,
    RequestingService: cut(order.requestingService),
    PlacerOrderNumberImagingServiceRequest: order.placer?.number,
    OrderPlacerIdentifierSequence: issuerItem(order.placer),
    FillerOrderNumberImagingServiceRequest: order.filler?.number,
    OrderFillerIdentifierSequence: issuerItem(order.filler),
    IssueDateOfImagingServiceRequest: order.requestedAt?.slice(0, 10).replaceAll('-', ''),
    OrderEnteredBy: order.enteredBy,
    // Requested Procedure
    RequestedProcedureDescription: cut(order.procedureDescription),
    RequestedProcedureCodeSequence: codeItems(order.procedureCode),
    RequestedProcedurePriority: order.priority,
    ReasonForTheRequestedProcedure: cut(order.reason),
    ReasonForRequestedProcedureCodeSequence: codeItems(order.reasonCode),
    RequestedProcedureComments: order.comments?.slice(0, 10_240),
    PatientTransportArrangements: cut(order.transport),
    // Visit
    AdmissionID: visit?.admissionId?.number,
    IssuerOfAdmissionIDSequence: issuerItem(visit?.admissionId),
    CurrentPatientLocation: cut(visit?.location),
    // Patient
    PatientName: patient.name,
    PatientID: patient.patientId,
    ...issuerOfPatient(patient.issuer),
    OtherPatientIDsSequence: patient.otherPatientIds?.map(({ id, issuer }) => {
      const other = new DataSet().set('PatientID', id);
      fill(other, issuerOfPatient(issuer));
      return other.set('TypeOfPatientID', 'TEXT');
    }),
    PatientBirthDate: patient.birthDate?.length === 8 ? patient.birthDate : undefined,
    PatientSex: patient.sex,
    PatientAddress: cut(patient.address),
    PatientWeight: patient.weight,
    PatientSize: patient.size,
    Allergies: cut(patient.allergies),
    MedicalAlerts: cut(patient.medicalAlerts),
    PregnancyStatus: patient.pregnancyStatus,
  });
  return item;
}

/** Type 1 (K.6-1), whether the order has one or not. */
export const requestedProcedureId = ({ requestedProcedureId: id, accession, filler, placer, appointment }: Order) =>
  id ?? (accession ?? filler ?? placer ?? appointment)?.number ?? '1';

function stepItem(order: Order, step: ScheduledStep): DataSet {
  const item = new DataSet()
    .set('ScheduledStationAETitle', step.stationAeTitles ?? null)
    .set('ScheduledProcedureStepID', step.id)
    .set('Modality', step.modality ?? null)
    .set('ScheduledProcedureStepStatus', stepStatus[statusOfStep(order, step)]);
  fill(item, {
    ScheduledProcedureStepStartDate: step.startDate,
    ScheduledProcedureStepStartTime: step.startTime,
    ScheduledPerformingPhysicianName: step.performingPhysician,
    ScheduledProcedureStepDescription: cut(step.description),
    ScheduledProtocolCodeSequence: step.protocolCodes?.flatMap((code) => codeItems(code) ?? []),
    ScheduledStationName: step.stationName?.slice(0, SHORT_STRING),
    ScheduledProcedureStepLocation: step.location?.slice(0, SHORT_STRING),
  });
  return item;
}
