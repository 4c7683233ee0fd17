// The reading room: the worklist, or the case that is being read. Next gives one case, so that nobody picks.

import { Alert, Button, Group, Kbd, Loader, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { Notice } from './notice.tsx';
import classes from './reading.module.css';
import { act, nextCase, type ReadingCaseRow, worklist } from './reading.ts';
import { ReadingDesk } from './reading-desk.tsx';
import { ReadingWorklist } from './reading-worklist.tsx';

const REFRESH_MS = 5_000;

export default function ReadingScreen() {
  const client = useQueryClient();
  const [reading, setReading] = useState<string>();
  const [said, setSaid] = useState('');
  const { data, error, isPending } = useQuery({
    queryKey: ['reading-cases'],
    queryFn: ({ signal }) => worklist(signal),
    refetchInterval: REFRESH_MS,
  });
  const changed = () => client.invalidateQueries({ queryKey: ['reading-cases'] });
  const taking = useMutation({
    mutationFn: async (wanted: ReadingCaseRow | undefined) => {
      const taken = wanted ?? (await nextCase());
      if (taken === undefined) return undefined;
      const isOpen = ['ready', 'offered', 'preliminary'].includes(taken.state);
      if (wanted !== undefined && isOpen) await act(taken.id, 'claim');
      if (taken.state === 'parked') await act(taken.id, 'resume');
      else if (taken.state !== 'reading') await act(taken.id, 'open');
      return taken.id;
    },
    onSuccess: async (id) => {
      setSaid(id === undefined ? 'Nothing waits for you.' : '');
      setReading(id);
      await changed();
    },
  });

  if (isPending) return <Notice>{<Loader />}</Notice>;
  if (error !== null) return <Notice>{error.message}</Notice>;
  const row = data.find(({ id }) => id === reading);
  const done = async (sentence: string) => {
    setSaid(sentence);
    setReading(undefined);
    await changed();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.key.toLowerCase() !== 'n' || row !== undefined || taking.isPending) return;
    event.preventDefault();
    taking.mutate(undefined);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what has the focus inside are heard here.
    <div onKeyDown={onKeyDown} className={classes.screen}>
      <Text role="status" size="sm">
        {said}
      </Text>
      {taking.error !== null && (
        <Alert color="red" role="alert">
          {taking.error.message}
        </Alert>
      )}
      {row === undefined ? (
        <>
          <Group mb="sm">
            <Button
              onClick={() => taking.mutate(undefined)}
              loading={taking.isPending}
              aria-keyshortcuts="Alt+N"
              autoFocus
            >
              Next case <Kbd ml={6}>Alt N</Kbd>
            </Button>
          </Group>
          <ReadingWorklist cases={data} onTake={(wanted) => taking.mutate(wanted)} />
        </>
      ) : (
        <ReadingDesk key={row.id} row={row} onDone={done} onChanged={changed} />
      )}
    </div>
  );
}
