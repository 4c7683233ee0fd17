// The catalogue's tables as Kysely knows them; the truth is migrations/*.sql, which says what each column means.

import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** bigint and xid8: text in JavaScript, exact at any size, the same inside storage and outside. */
type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
type GeneratedInt8 = ColumnType<string, never, never>;
type Time = ColumnType<Date, Date | string, Date | string>;
type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type DefaultedTime = ColumnType<Date, Date | string | undefined, Date | string>;
type Json = JSONColumnType<object> | null;

export interface Tables {
  tenant: TenantTable;
  study: StudyTable;
  series: SeriesTable;
  instance: InstanceTable;
  keep_mark: KeepMarkTable;
  event: EventTable;
  quarantine: QuarantineTable;
  commitment: CommitmentTable;
  removal: RemovalTable;
  peer: PeerTable;
  token: TokenTable;
  audit: AuditTable;
}

export interface TenantTable {
  id: Generated<number>;
  name: string;
}

export interface StudyTable {
  id: GeneratedInt8;
  tenant: number;
  study_uid: string;
  patient_key: string;
  patient_id: string | null;
  issuer_of_patient_id: string | null;
  patient_name_alphabetic: string | null;
  patient_name_ideographic: string | null;
  patient_name_phonetic: string | null;
  patient_name_sounds: string[] | null;
  patient_birth_date: string | null;
  patient_sex: string | null;
  study_date: string | null;
  study_time: string | null;
  accession_number: string | null;
  study_id: string | null;
  study_description: string | null;
  referring_physician: string | null;
  attributes: string;
  answer_head: string;
  answer_middle: string;
  answer_tail: string;
  modalities: Generated<string[]>;
  sop_classes: Generated<string[]>;
  series_count: Generated<number>;
  instance_count: Generated<number>;
  hidden_at: OptionalTime;
  hidden_reason: string | null;
  created_at: DefaultedTime;
  updated_at: DefaultedTime;
}

export interface SeriesTable {
  id: GeneratedInt8;
  study: Int8;
  tenant: number;
  series_uid: string;
  modality: string | null;
  series_number: string | null;
  series_description: string | null;
  body_part: string | null;
  series_date: string | null;
  attributes: string;
  answer_head: string;
  answer_tail: string;
  answer_rest: string;
  instance_count: Generated<number>;
  version: Generated<number>;
  hidden_at: OptionalTime;
  hidden_reason: string | null;
  created_at: DefaultedTime;
  updated_at: DefaultedTime;
}

export interface InstanceTable {
  id: GeneratedInt8;
  series: Int8;
  study: Int8;
  tenant: number;
  sop_uid: string;
  version: Generated<number>;
  served: Generated<boolean>;
  class: Generated<'first' | 'transcoded' | 'demographics' | 'conflict'>;
  sop_class: string;
  transfer_syntax: string;
  instance_number: string | null;
  ordinal: number | null;
  rows: number | null;
  columns: number | null;
  bits_allocated: number | null;
  number_of_frames: number | null;
  sha256: Uint8Array;
  header_sha256: Uint8Array;
  object: string;
  size_bytes: Int8;
  dataset_offset: number;
  frames: Uint8Array | null;
  metadata: Uint8Array;
  findings: Json;
  source: string;
  hidden_at: OptionalTime;
  hidden_reason: string | null;
  purged_at: OptionalTime;
  created_at: DefaultedTime;
}

export interface KeepMarkTable {
  node: string;
  instance: Int8;
}

export interface EventTable {
  id: GeneratedInt8;
  xid: ColumnType<string, never, never>;
  tenant: number;
  kind: string;
  study: Int8 | null;
  instances: string[] | null;
  detail: Json;
  at: DefaultedTime;
}

export interface QuarantineTable {
  id: GeneratedInt8;
  tenant: number;
  door: string;
  source: string;
  problem: string;
  reason: string;
  object: string | null;
  size_bytes: Int8;
  at: DefaultedTime;
}

export interface CommitmentTable {
  tenant: number;
  requestor: string;
  transaction_uid: string;
  node: string;
  state: Generated<'waiting' | 'reported' | 'given up'>;
  sop_classes: string[] | null;
  sop_uids: string[] | null;
  failures: (number | null)[] | null;
  requested_at: DefaultedTime;
}

export interface RemovalTable {
  object: string;
}

export interface PeerTable {
  tenant: number;
  ae_title: string;
  host: string;
  port: number;
  sop_classes: Generated<string[]>;
  tls: true | { ca?: string; serverName?: string } | null;
  created_at: DefaultedTime;
}

export interface TokenTable {
  id: string;
  tenant: number;
  name: string;
  secret_sha256: Uint8Array;
  scopes: string[];
  created_at: DefaultedTime;
  expires_at: Time;
  revoked_at: OptionalTime;
  kind: Generated<'token' | 'sign-in' | 'session' | 'share'>;
  used_at: OptionalTime;
  study_uid: ColumnType<string | null, string | null | undefined, string | null>;
  /** JSON. */
  patient: ColumnType<unknown, string | null | undefined, string | null>;
  reader: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface AuditTable {
  id: GeneratedInt8;
  tenant: number;
  at: DefaultedTime;
  principal: string;
  door: string;
  action: string;
  outcome: string;
  study_uid: string | null;
  instance_count: number | null;
  query: string | null;
  request_id: string | null;
  remote_address: string | null;
  resource: string | null;
}
