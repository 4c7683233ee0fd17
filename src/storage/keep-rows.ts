// What the spine says of an instance that it wants kept: the columns that it fills. Described in migrations/0001-catalogue.sql.

import type { Selectable } from 'kysely';
import type { InstanceTable, SeriesTable, StudyTable } from './tables.ts';

/** Filled by the catalogue. */
type OwnColumns = 'id' | 'hidden_at' | 'hidden_reason' | 'created_at' | 'updated_at';
type Counts = 'modalities' | 'sop_classes' | 'series_count' | 'instance_count';

/** A study as its first instance describes it. */
export type StudyRow = Omit<Selectable<StudyTable>, OwnColumns | Counts>;

export type SeriesRow = Omit<Selectable<SeriesTable>, OwnColumns | 'study' | 'instance_count' | 'version'>;

type OtherTables = 'tenant' | 'study' | 'series';
type Judgement = 'version' | 'served' | 'class' | 'purged_at';

export type InstanceRow = Omit<
  Selectable<InstanceTable>,
  OwnColumns | OtherTables | Judgement | 'size_bytes' | 'findings'
> & {
  size_bytes: number;
  /** JSON, or null where there are none. */
  findings: string | null;
};

/** Who keeps: becomes an audit row, one for each study and batch. */
export interface KeepAudit {
  principal: string;
  door: string;
  requestId?: string;
  remoteAddress?: string;
}

export interface KeepRequest {
  tenant: number;
  studyUid: string;
  patientKey: string;
  seriesUid: string;
  instance: InstanceRow;
  audit: KeepAudit;
  /** Asked for only where the catalogue may not know the study or series yet: most instances are not the first. */
  study(): StudyRow;
  series(): SeriesRow;
}

export interface KeepAnswer {
  /** Absent where the series holds this SOP Instance UID already: nothing was written. */
  instanceId: string | undefined;
  studyId: string;
  seriesId: string;
  /** The Study Instance UID was here before, with another patient. */
  patientDiffers: boolean;
}
