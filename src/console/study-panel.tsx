// The study that is chosen: its series with small images, the viewers that open it, its headers, and a link to give away.

import { Button, Group, Image, Loader, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { seriesThumbnailUrl } from '../viewer/image-url.ts';
import { Findings } from './findings.tsx';
import { seriesOf } from './qido.ts';
import { ShareLink } from './share-link.tsx';

/** With the dictionary: loaded when somebody reads headers. */
const HeaderView = lazy(() => import('./header-view.tsx'));

export function StudyPanel({ studyUid }: { studyUid: string }) {
  const [headersOf, setHeadersOf] = useState<string>();
  const { data, error, isPending } = useQuery({
    queryKey: ['series', studyUid],
    queryFn: ({ signal }) => seriesOf(studyUid, signal),
    // A study may still be arriving.
    refetchInterval: 10_000,
  });
  return (
    <Stack gap="sm" mb="xl">
      <Group gap="xs">
        <Button component="a" href={`/look/${studyUid}`} target="_blank">
          Quick look
        </Button>
        <Button component="a" href={`/viewer/viewer?StudyInstanceUIDs=${studyUid}`} target="_blank" variant="light">
          OHIF
        </Button>
        <ShareLink studyUid={studyUid} />
      </Group>
      <Findings studyUid={studyUid} />
      {isPending && <Loader />}
      {error !== null && <Text c="red">{error.message}</Text>}
      {data?.map(({ uid, modality, number, description, instances }) => (
        <Paper key={uid} withBorder p="xs">
          <Group wrap="nowrap">
            <Image
              w={72}
              h={72}
              fit="contain"
              alt=""
              loading="lazy"
              // A series without an image has no thumbnail either.
              onError={(event) => event.currentTarget.removeAttribute('src')}
              src={seriesThumbnailUrl({ studyInstanceUid: studyUid, seriesInstanceUid: uid })}
            />
            <div style={{ flex: 1 }}>
              <Text fw={600}>{[modality, number].filter(Boolean).join(' ')}</Text>
              <Text size="sm">{description}</Text>
              <Text size="sm" c="dimmed">
                {instances} instances
              </Text>
            </div>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Headers of series ${number || uid}`}
              onClick={() => setHeadersOf(uid)}
            >
              Headers
            </Button>
          </Group>
        </Paper>
      ))}
      {headersOf !== undefined && (
        <Suspense fallback={<Loader />}>
          <HeaderView studyUid={studyUid} seriesUid={headersOf} onClose={() => setHeadersOf(undefined)} />
        </Suspense>
      )}
    </Stack>
  );
}
