// Where files, folders and CDs are dropped in: whose they are to be, how many came and were kept, and why one was not.

import { Button, FileButton, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useEffect, useReducer, useRef, useState } from 'react';
import { type Arrivals, arrive, noArrivals } from './arrivals.ts';
import { droppedFiles } from './dropped-files.ts';
import { type Incoming, lookInto } from './incoming.ts';
import { ReconcileDialog } from './reconcile-dialog.tsx';
import type { Reconciliation } from './store.ts';

const view = {
  reasons: 100,
};

export function DropArea() {
  const [arrivals, setArrivals] = useState<Arrivals>(noArrivals);
  const [incoming, setIncoming] = useState<Incoming>();
  const [looked, setLooked] = useState(0);
  const [isOver, setOver] = useReducer((_: boolean, over: boolean) => over, false);
  const client = useQueryClient();
  const running = useRef(0);

  const take = async (files: AsyncIterable<File> | Iterable<File>) => {
    setIncoming(await lookInto(files, setLooked));
    setLooked(0);
  };
  const bring = async (found: Incoming, reconciliation: Reconciliation | undefined) => {
    setIncoming(undefined);
    running.current += 1;
    await arrive(found, reconciliation, (change) => setArrivals((before) => change(before)));
    running.current -= 1;
    await client.invalidateQueries();
  };
  // Whoever leaves the page while files are on their way is asked first.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (running.current > 0) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(droppedFiles(event.dataTransfer));
  };

  const { found, kept, passed, failed, studies } = arrivals;
  const done = kept + failed.length + passed;
  return (
    <Paper
      withBorder
      p="md"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      bg={isOver ? 'var(--mantine-color-blue-light)' : undefined}
      style={{ borderStyle: 'dashed' }}
    >
      <Stack gap="xs">
        <Title order={2} size="h5">
          Drop files, a folder or a CD here
        </Title>
        <Group>
          <FileButton multiple onChange={(files) => void take(files)}>
            {(props) => (
              <Button {...props} variant="default" size="compact-sm">
                Files
              </Button>
            )}
          </FileButton>
          <FileButton multiple onChange={(files) => void take(files)} inputProps={{ webkitdirectory: '' } as object}>
            {(props) => (
              <Button {...props} variant="default" size="compact-sm">
                Folder
              </Button>
            )}
          </FileButton>
        </Group>
        {looked > 0 && <Text size="sm">Looking into {looked} files…</Text>}
        {incoming !== undefined && (
          <ReconcileDialog
            incoming={incoming}
            onClose={() => setIncoming(undefined)}
            onBring={(reconciliation) => void bring(incoming, reconciliation)}
          />
        )}
        {found > 0 && (
          <>
            <Progress value={(done / found) * 100} color={failed.length > 0 ? 'red' : 'blue'} />
            <Text size="sm" role="status">
              {kept} of {found - passed} kept in {studies.size} studies
              {passed > 0 && `, ${passed} passed over (no objects)`}
              {failed.length > 0 && `, ${failed.length} refused`}
            </Text>
          </>
        )}
        {failed.slice(0, view.reasons).map(({ name, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: files of one name lie in several folders of a CD.
          <Text key={at} size="xs" c="red">
            {name}: {reason}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
