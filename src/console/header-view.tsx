// The attributes of an instance as they were kept, and what the reader had to assume of the study it belongs to.

import { Code, Loader, Modal, NumberInput, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entryOf } from '../dicom/dictionary.ts';
import type { JsonObject } from '../viewer/dicom-json.ts';
import { type NameOf, shownAttributes } from './attributes.ts';
import { Findings } from './findings.tsx';
import { getJson } from './http.ts';

interface Props {
  studyUid: string;
  seriesUid: string;
  onClose(): void;
}

const nameOf: NameOf = (tag, creator) => entryOf(tag, creator)?.name;

export default function HeaderView({ studyUid, seriesUid, onClose }: Props) {
  const [at, setAt] = useState(1);
  const [filter, setFilter] = useState('');
  const metadata = useQuery({
    queryKey: ['metadata', studyUid, seriesUid],
    queryFn: ({ signal }) =>
      getJson<JsonObject[]>(`/dicomweb/studies/${studyUid}/series/${seriesUid}/metadata`, signal),
  });
  const object = metadata.data?.[Math.min(at, metadata.data.length) - 1];
  const rows = object === undefined ? [] : shownAttributes(object, nameOf);
  const wanted = rows.filter(({ tag, name }) => `${tag} ${name}`.toLowerCase().includes(filter.toLowerCase()));
  return (
    <Modal opened onClose={onClose} title="Headers" size="xl">
      {metadata.isPending && <Loader />}
      {metadata.error !== null && <Text c="red">{metadata.error?.message}</Text>}
      <Findings studyUid={studyUid} />
      <NumberInput
        label={`Instance, of ${metadata.data?.length ?? 0}`}
        min={1}
        max={metadata.data?.length ?? 1}
        value={at}
        onChange={(value) => setAt(Number(value) || 1)}
      />
      <TextInput label="Only" placeholder="tag or name" onChange={(event) => setFilter(event.currentTarget.value)} />
      <Table mt="sm" striped fz="sm">
        <Table.Tbody>
          {wanted.map(({ path, depth, tag, name, vr, value }) => (
            <Table.Tr key={path}>
              <Table.Td style={{ paddingLeft: 8 + depth * 16, whiteSpace: 'nowrap' }}>
                <Code>{tag}</Code>
              </Table.Td>
              <Table.Td>{vr}</Table.Td>
              <Table.Td>{name}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
