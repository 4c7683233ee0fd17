// Which resource types are kept as they are written. Patients are kept too and speak to identity as well; ImagingStudies are
// made of the catalogue and AuditEvents of the audit, and nobody writes them.

export const storedTypes = [
  'Appointment',
  'Basic',
  'Binary',
  'Bundle',
  'ChargeItem',
  'Communication',
  'Composition',
  'Condition',
  'Consent',
  'Contract',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Endpoint',
  'Group',
  'Invoice',
  'List',
  'Location',
  'Media',
  'Observation',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'ResearchStudy',
  'Schedule',
  'ServiceRequest',
  'Slot',
  'Subscription',
  'Task',
] as const;

export type StoredType = (typeof storedTypes)[number];

const stored: ReadonlySet<string> = new Set(storedTypes);

export const isStoredType = (type: string): type is StoredType => stored.has(type);
