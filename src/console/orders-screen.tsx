// Studies that nobody ordered, as far as their numbers say: somebody who knows says which order each was made for.

import { Alert, Button, Loader, Select, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Notice } from './notice.tsx';
import { assign, limits, type UnscheduledStudy, unscheduled } from './orders.ts';
import { StudyLink } from './study-link.tsx';

const REFRESH_MS = 5_000;

export default function OrdersScreen() {
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    queryKey: ['unscheduled'],
    queryFn: ({ signal }) => unscheduled(signal),
    refetchInterval: REFRESH_MS,
  });
  const assigning = useMutation({
    mutationFn: assign,
    onSuccess: () => client.invalidateQueries({ queryKey: ['unscheduled'] }),
  });
  if (isPending) return <Notice>{<Loader />}</Notice>;
  if (error !== null) return <Notice>{error.message}</Notice>;
  return (
    <>
      {assigning.error !== null && (
        <Alert color="red" role="alert">
          {assigning.error.message}
        </Alert>
      )}
      {data.length === 0 && <Text c="dimmed">Every study was ordered.</Text>}
      {data.length > 0 && (
        <Table aria-label="Studies that nobody ordered">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Study</Table.Th>
              <Table.Th>Accession number</Table.Th>
              <Table.Th>Arrived</Table.Th>
              <Table.Th>Made for the order</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((study) => (
              <Table.Tr key={study.id}>
                <Table.Td>
                  <StudyLink uid={study.studyInstanceUid} />
                </Table.Td>
                <Table.Td>
                  {study.accessionNumber}
                  {study.isOthersAccession && <Text size="sm">is of an order for another patient</Text>}
                </Table.Td>
                <Table.Td>{new Date(study.createdAt).toLocaleString()}</Table.Td>
                <Table.Td>
                  <Assignment
                    study={study}
                    isPending={assigning.isPending}
                    onAssign={(order) => assigning.mutate({ study: study.studyInstanceUid, order })}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {data.length === limits.studies && <Text size="sm">and perhaps more</Text>}
    </>
  );
}

interface AssignmentProps {
  study: UnscheduledStudy;
  isPending: boolean;
  onAssign(order: string): void;
}

function Assignment({ study: { studyInstanceUid, candidates }, isPending, onAssign }: AssignmentProps) {
  const [order, setOrder] = useState<string | null>(null);
  if (candidates.length === 0) return <Text c="dimmed">nothing is ordered for this patient</Text>;
  const choices = candidates.map(({ order: value, accessionNumber, procedure, status }) => ({
    value,
    label: [accessionNumber, procedure, status].filter((part) => part !== null).join(', '),
  }));
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Select
        size="xs"
        w={320}
        placeholder="Order"
        aria-label={`Order of ${studyInstanceUid}`}
        data={choices}
        value={order}
        onChange={setOrder}
      />
      <Button
        size="xs"
        variant="default"
        disabled={order === null}
        loading={isPending}
        aria-label={`Assign to ${studyInstanceUid}`}
        onClick={() => order !== null && onAssign(order)}
      >
        Assign
      </Button>
    </div>
  );
}
