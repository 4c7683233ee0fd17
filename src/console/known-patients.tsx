// The patients who are known here, searched for by name or ID as it is typed; one of them is chosen.

import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shownDate } from '../viewer/dates.ts';
import { knownPatients } from './qido.ts';

const limits = {
  /** As in the search for studies. */
  pauseMs: 150,
};

/** `chosen`: a study of the patient, by which the patient is named. */
export function KnownPatients({ chosen, onChoose }: { chosen: string; onChoose(studyUid: string): void }) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), limits.pauseMs);
  const { data, error } = useQuery({
    queryKey: ['patients', text],
    queryFn: ({ signal }) => knownPatients(text, signal),
    enabled: text !== '',
  });
  return (
    <Stack gap="xs">
      <TextInput
        label="Patient here"
        placeholder="name or ID"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChoose('');
        }}
        data-autofocus
      />
      {error !== null && <Text c="red">{error.message}</Text>}
      {data?.length === 0 && <Text c="dimmed">Nobody of this name or ID has a study here.</Text>}
      <Radio.Group value={chosen} onChange={onChoose} aria-label="Patients here">
        <Stack gap={6}>
          {data?.map(({ studyUid, name, id, issuer, birthDate }) => (
            <Radio
              key={studyUid}
              value={studyUid}
              label={[name || 'Name unknown', id, issuer, birthDate && `born ${shownDate(birthDate)}`]
                .filter(Boolean)
                .join(' · ')}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
