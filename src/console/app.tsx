// One page: a search, the studies it finds, the one that is chosen, and what is being dropped in; or the pairs of people that
// wait for somebody to look at them.

import { Anchor, AppShell, Group, Loader, Text, Title } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { DropArea } from './drop-area.tsx';
import { noSearch, type Search } from './qido.ts';
import { SearchBar } from './search-bar.tsx';
import { StudyList } from './study-list.tsx';
import { StudyPanel } from './study-panel.tsx';

/** Few look at pairs: loaded for those who do. */
const ReviewScreen = lazy(() => import('./review-screen.tsx'));

const REVIEW = '#review';

export function App() {
  const [hash] = useHash({ getInitialValueInEffect: false });
  return hash === REVIEW ? <Review /> : <Studies />;
}

function Studies() {
  const [search, setSearch] = useState<Search>(noSearch);
  const [study, setStudy] = useState<string>();
  return (
    <AppShell header={{ height: 60 }} aside={{ width: 460, breakpoint: 'md' }} padding="sm">
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap">
          <Title order={1} size="h3">
            Fascia
          </Title>
          <SearchBar search={search} onChange={setSearch} />
          <Anchor href={REVIEW} size="sm">
            Review
          </Anchor>
          <Anchor href="/sign-out" size="sm">
            Sign out
          </Anchor>
        </Group>
      </AppShell.Header>
      <AppShell.Main h="100dvh">
        <StudyList search={search} chosen={study} onChoose={setStudy} />
      </AppShell.Main>
      <AppShell.Aside p="md" style={{ overflowY: 'auto' }}>
        {study === undefined ? (
          <Text c="dimmed">Choose a study, or drop files in.</Text>
        ) : (
          <StudyPanel key={study} studyUid={study} />
        )}
        <DropArea />
        <Anchor href="/licences" size="xs" c="dimmed">
          Licences
        </Anchor>
      </AppShell.Aside>
    </AppShell>
  );
}

function Review() {
  return (
    <AppShell header={{ height: 60 }} padding="sm">
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" justify="space-between">
          <Title order={1} size="h3">
            One person or two?
          </Title>
          <Anchor href="#" size="sm">
            Studies
          </Anchor>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Suspense fallback={<Loader />}>
          <ReviewScreen />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
