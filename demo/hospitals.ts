// Two hospitals that became one: what their patient administrations said of whom. The same number is two people, one woman has
// two numbers and two names.

/** One of either: number 100277. */
export const hospitals = {
  anna: { name: 'St. Anna', facility: 'ANNA', oid: '2.999.10.1' },
  nord: { name: 'Nordklinik', facility: 'NORD', oid: '2.999.10.2' },
} as const;

export type Hospital = keyof typeof hospitals;

export interface Registered {
  at: Hospital;
  number: string;
  /** PID-5, with the name at birth behind it where that is known. */
  name: string;
  birthDate: string;
  sex: 'F' | 'M';
  address: string;
  phone: string;
}

/** The woman of this story. */
export const jane: Registered = {
  at: 'anna',
  number: '100277',
  name: 'DOE^JANE^^^^^L~WINTER^JANE^^^^^M',
  birthDate: '19610504',
  sex: 'F',
  address: '4 MARKET LANE^^SEEHAVEN^^23611^DE',
  phone: '+4945133107',
};
/** The same woman, before she married, with a mistyped day of birth. */
export const janeBefore: Registered = {
  ...jane,
  at: 'nord',
  number: '55-0191',
  name: 'WINTER^JANE',
  birthDate: '19610514',
};
/** Somebody else, under the first one's number. */
export const otto: Registered = {
  at: 'nord',
  number: '100277',
  name: 'BRANDT^OTTO',
  birthDate: '19480219',
  sex: 'M',
  address: '77 DYKE ROAD^^NORDHAM^^25899^DE',
  phone: '+4948419920',
};

const text = (segments: readonly string[]): Uint8Array => new TextEncoder().encode(segments.join('\r'));

const header = (from: Hospital, type: string, id: string, at: string): string =>
  `MSH|^~\\&|ADT|${hospitals[from].facility}|FASCIA|EXCHANGE|${at}||${type}|${id}|P|2.5.1||||||UNICODE UTF-8`;

const identification = ({ at, number, name, birthDate, sex, address, phone }: Registered): string =>
  `PID|1||${number}^^^${hospitals[at].facility}&${hospitals[at].oid}&ISO^MR||${name}||${birthDate}|${sex}|||${address}||${phone}`;

/** A28: somebody is known. */
export const registration = (person: Registered, id: string, at: string): Uint8Array =>
  text([header(person.at, 'ADT^A28^ADT_A05', id, at), `EVN|A28|${at}`, identification(person), 'PV1|1|N']);

/** A CT of the head, at night, from the emergency department. */
export const order = (person: Registered, accession: string, id: string, at: string): Uint8Array =>
  text([
    header(person.at, 'ORM^O01^ORM_O01', id, at),
    identification(person),
    'PV1|1|E|ED^07^^ANNA||||||||||||||||V-88123',
    `ORC|NW|PL-551^ANNA|||||^^^${at}^^S||${at}|||210^REFERRER^RITA`,
    `OBR|1|PL-551^ANNA||30799-1^CT Head WO contrast^LN|||||||||Fall from stairs, drowsy. DOE takes anticoagulants.||||210^REFERRER^RITA||${accession}|RP-1|||||CT|||^^^${at}^^S||||^Fall, GCS 13, anticoagulated`,
  ]);
