// What rules may ask about: every fact of a study, its order, person, source and moment, with its type and meaning. This
// one table makes the TypeScript type, the check of facts given as JSON, the types that conditions are checked against,
// and the list in the documentation.

type Kind = 'text' | 'texts' | 'integer' | 'number' | 'yes' | 'moment';

export interface FactRow {
  kind: Kind;
  meaning: string;
}

type FactRows = Record<string, FactRow>;

const text = (meaning: string) => ({ kind: 'text', meaning }) as const;
const texts = (meaning: string) => ({ kind: 'texts', meaning }) as const;
const integer = (meaning: string) => ({ kind: 'integer', meaning }) as const;
const number = (meaning: string) => ({ kind: 'number', meaning }) as const;
const yes = (meaning: string) => ({ kind: 'yes', meaning }) as const;
const moment = (meaning: string) => ({ kind: 'moment', meaning }) as const;

export const factTable = {
  study: {
    uid: text('Study Instance UID'),
    accessionNumber: text('Accession Number, as sent'),
    date: text('Study Date, as 2026-11-23'),
    description: text('Study Description, as sent'),
    modalities: texts('Modality of each series, each once'),
    sopClasses: texts('SOP Class UIDs, each once'),
    bodyParts: texts('Body Part Examined, as sent, each once'),
    institution: text('Institution Name'),
    department: text('Institutional Department Name'),
    referringPhysician: text('Referring Physician, family name first'),
    instances: integer('instances that are here'),
    expectedInstances: integer('instances that somebody said there would be'),
    lossy: yes('whether an image of it was compressed with loss, ever'),
    burnedIn: yes('whether an image says that it has text burned in'),
    identityRemoved: yes('Patient Identity Removed'),
    receivedAt: moment('when its first instance was kept'),
  },
  procedure: {
    modality: text('what it is, as normalised: CT'),
    bodyRegion: text('body region, as normalised'),
    focus: text('anatomic focus within the region'),
    laterality: text('LEFT, RIGHT or BILATERAL'),
    contrast: text('with, without or both, as normalised; none where there is no such question'),
    view: text('view of a projection'),
    intervention: text('INTERVENTIONAL where something was done besides imaging'),
    playbookId: text('RadLex Playbook id (RPID)'),
    confidence: number('how sure the normalisation is, 0 to 1'),
  },
  person: {
    patientId: text('Patient ID, as sent'),
    issuer: text('Issuer of Patient ID, as sent'),
    id: text('our own id of the person'),
    identifiers: texts('identifiers, as ISSUER|ID'),
    ageYears: integer('age at the study'),
    ageDays: integer('age at the study, for the newborn'),
    sex: text('M, F or O'),
    restricted: yes('whether access to this person is restricted'),
  },
  order: {
    known: yes('whether there is an order'),
    placerNumber: text('placer order number (ORC-2)'),
    fillerNumber: text('filler order number (ORC-3)'),
    priority: text('STAT, HIGH, ROUTINE or LOW'),
    status: text('status of the order'),
    procedureCode: text('requested procedure, its code'),
    procedureText: text('requested procedure, in words'),
    reason: text('reason for the study'),
    patientClass: text('I, O, E … (PV1-2)'),
    location: text('ward or clinic (PV1-3)'),
    facility: text('facility that ordered'),
    orderedBy: text('ordering provider, family name first'),
    requestedAt: moment('when it was requested'),
    scheduledAt: moment('when it is, or was, to be done'),
    neededBy: moment('when the result is needed: the latest that the order says, or the start of the next appointment'),
  },
  appointment: {
    start: moment('when the next appointment of the patient begins that is for no images: an operation, a visit'),
    service: text('what is done there, in words'),
    location: text('where'),
  },
  source: {
    door: text('dimse, dicomweb, fhir, hl7 or import'),
    aeTitle: text('Calling AE Title'),
    address: text('IP address of the sender'),
    facility: text('facility the sender belongs to'),
    station: text('Station Name'),
    manufacturer: text('Manufacturer'),
    model: text("Manufacturer's Model Name"),
  },
  time: {
    now: moment('the moment of the decision'),
    date: text('the day, in the zone of the rules: 2026-11-23'),
    clock: text('the time of day, in the zone of the rules: 07:35'),
    weekday: text('Mon, Tue, Wed, Thu, Fri, Sat or Sun'),
  },
} as const satisfies Record<string, FactRows>;

/** Of each series of `study.series`, and of `series` in what chooses series. */
export const seriesTable = {
  uid: text('Series Instance UID'),
  number: integer('Series Number'),
  modality: text('Modality'),
  description: text('Series Description, as sent'),
  protocol: text('Protocol Name, as sent'),
  bodyPart: text('Body Part Examined, as sent'),
  laterality: text('Laterality, as sent'),
  station: text('Station Name'),
  sopClasses: texts('SOP Class UIDs, each once'),
  imageTypes: texts('values of Image Type, each once'),
  sliceThickness: number('Slice Thickness, in mm'),
  class: text('what it is, as normalised: FLAIR, T1-Gd, arterial, scout …'),
  plane: text('axial, sagittal, coronal, oblique or 3d, as normalised'),
  confidence: number('how sure class and plane are, 0 to 1'),
  instances: integer('instances that are here'),
} as const satisfies FactRows;

/** Of each study of the same person that an archive has, as `prior` in what chooses priors. */
export const priorTable = {
  uid: text('Study Instance UID'),
  archive: text('which archive has it'),
  date: text('Study Date, as 2026-11-23'),
  ageDays: integer('how many days before the moment of the decision'),
  modalities: texts('Modality of each series, each once'),
  description: text('Study Description'),
  bodyRegion: text('body region, as normalised'),
  laterality: text('LEFT, RIGHT or BILATERAL'),
  instances: integer('how many instances it has'),
} as const satisfies FactRows;

interface Values {
  text: string;
  texts: readonly string[];
  integer: number;
  number: number;
  yes: boolean;
  moment: Date;
}

type Facts<Rows extends FactRows> = { -readonly [name in keyof Rows]?: Values[Rows[name]['kind']] };
type Table = typeof factTable;

export type SeriesFacts = Facts<typeof seriesTable> & { uid: string };

export type PriorFacts = Facts<typeof priorTable> & { uid: string };

/** What is not known is left out. `time` is made at the decision. */
export type StudyFacts = { [group in Exclude<keyof Table, 'study' | 'time'>]?: Facts<Table[group]> } & {
  tenant: string;
  study: Facts<Table['study']> & { uid: string; series: SeriesFacts[] };
};

export type TimeFacts = Facts<Table['time']>;
