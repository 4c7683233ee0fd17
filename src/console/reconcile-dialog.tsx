// Whose the dropped files are to be (IHE IRWF.b): as they say themselves, or a patient who is known here. It is chosen
// beside what they say, and never for files of several patients at once.

import { Alert, Button, Group, List, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { shownDate } from '../viewer/dates.ts';
import { describePatient, type Incoming } from './incoming.ts';
import { KnownPatients } from './known-patients.tsx';
import type { Reconciliation } from './store.ts';

const limits = {
  /** PS3.5 6.2 SH. */
  accessionCharacters: 16,
};

interface Props {
  incoming: Incoming;
  onClose(): void;
  onBring(reconciliation: Reconciliation | undefined): void;
}

export function ReconcileDialog({ incoming: { files, others, patients }, onClose, onBring }: Props) {
  const isNobodys = others.size > 0 && patients.length === 0;
  const [way, setWay] = useState(isNobodys ? 'ours' : 'as-is');
  const [patientOf, setPatientOf] = useState('');
  const [accession, setAccession] = useState('');
  const isOurs = way === 'ours';
  const isSeveral = patients.length > 1;
  return (
    <Modal opened onClose={onClose} title="Whose are these files?" size="lg">
      <Stack>
        <div>
          <Text size="sm">{files.length} files say they are of</Text>
          <List size="sm">
            {patients.map((patient) => (
              <List.Item key={JSON.stringify(patient)}>
                <b>{describePatient(patient)}</b>
                {patient.birthDate && `, born ${shownDate(patient.birthDate)}`} ({patient.files} files)
              </List.Item>
            ))}
            {patients.length === 0 && others.size === 0 && <List.Item>nobody: none could be read</List.Item>}
            {others.size > 0 && (
              <List.Item>nobody: pictures, videos, slides and documents do not say it ({others.size} files)</List.Item>
            )}
          </List>
        </div>
        <Radio.Group value={way} onChange={setWay} label="Keep them">
          <Stack gap="xs" mt="xs">
            <Radio value="as-is" label="as they are" disabled={isNobodys} />
            <Radio value="ours" label="under a patient who is known here" disabled={isSeveral} />
          </Stack>
        </Radio.Group>
        {isSeveral && (
          <Alert color="yellow">They are of several patients. To give them to one, bring them in one by one.</Alert>
        )}
        {isOurs && (
          <>
            <KnownPatients chosen={patientOf} onChoose={setPatientOf} />
            <TextInput
              label="Accession number here"
              description="Without one the number of elsewhere is taken away, as one of ours may be the same. With one pictures join its study."
              maxLength={limits.accessionCharacters}
              value={accession}
              onChange={(event) => setAccession(event.currentTarget.value)}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={isOurs && patientOf === ''}
            onClick={() => onBring(isOurs ? { patientOf, accession: accession.trim() } : undefined)}
          >
            Bring in
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
