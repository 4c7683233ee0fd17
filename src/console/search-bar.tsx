// What is searched for, as it is typed.

import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Search } from './qido.ts';

const limits = {
  /** After the last key: shorter than anybody notices, longer than between two keys. */
  pauseMs: 150,
};

const keys = [
  { value: 'PatientName', label: 'Name' },
  { value: 'PatientID', label: 'Patient ID' },
  { value: 'AccessionNumber', label: 'Accession' },
  { value: 'StudyDescription', label: 'Description' },
];

const days = [
  { value: '', label: 'Any date' },
  { value: '0', label: 'Today' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '365', label: 'Last year' },
];

const modalities = ['CR', 'CT', 'DX', 'ECG', 'ES', 'MG', 'MR', 'NM', 'OP', 'PT', 'RF', 'SM', 'US', 'XA', 'XC'];

export function SearchBar({ search, onChange }: { search: Search; onChange(search: Search): void }) {
  const typed = useDebouncedCallback((text: string) => onChange({ ...search, text }), limits.pauseMs);
  return (
    <Group gap="xs" wrap="nowrap" style={{ flex: 1 }}>
      <Select
        aria-label="Search in"
        w={130}
        data={keys}
        value={search.key}
        allowDeselect={false}
        onChange={(key) => onChange({ ...search, key: key as Search['key'] })}
      />
      <TextInput
        aria-label="Search"
        placeholder="Search studies"
        style={{ flex: 1 }}
        onChange={(event) => typed(event.currentTarget.value)}
        autoFocus
      />
      <Select
        aria-label="Modality"
        placeholder="Modality"
        w={110}
        data={modalities}
        value={search.modality || null}
        clearable
        onChange={(modality) => onChange({ ...search, modality: modality ?? '' })}
      />
      <Select
        aria-label="Study date"
        w={140}
        data={days}
        defaultValue=""
        allowDeselect={false}
        onChange={(count) => onChange({ ...search, dates: count ? since(Number(count)) : '' })}
      />
    </Group>
  );
}

/** So many days ago and later, by the person's own calendar. */
function since(days: number): string {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  const digits = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${digits.join('')}-`;
}
