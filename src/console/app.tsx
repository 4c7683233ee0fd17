// One page: a search, the studies it finds, the one that is chosen, and what is being dropped in; or another screen:
// the pairs of people that wait for somebody, procedures that do, studies that nobody ordered, the rules and destinations, the reading room.

import { Anchor, AppShell, Group, Loader, Text, Title } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { DropArea } from './drop-area.tsx';
import { noSearch, type Search } from './qido.ts';
import { SearchBar } from './search-bar.tsx';
import { StudyList } from './study-list.tsx';
import { StudyPanel } from './study-panel.tsx';

/** Most look at studies: the other screens are loaded for those who want them. */
const ReviewScreen = lazy(() => import('./review-screen.tsx'));
const ProceduresScreen = lazy(() => import('./procedures-screen.tsx'));
const RoutingScreen = lazy(() => import('./routing-screen.tsx'));
const OrdersScreen = lazy(() => import('./orders-screen.tsx'));
const ReadingScreen = lazy(() => import('./reading-screen.tsx'));

const others: Record<string, { title: string; link: string; Screen: ComponentType }> = {
  '#review': { title: 'One person or two?', link: 'Review', Screen: ReviewScreen },
  '#procedures': { title: 'What was done?', link: 'Procedures', Screen: ProceduresScreen },
  '#orders': { title: 'Studies that nobody ordered', link: 'Orders', Screen: OrdersScreen },
  '#reading': { title: 'Reading room', link: 'Reading', Screen: ReadingScreen },
  '#routing': { title: 'Which study goes where', link: 'Routing', Screen: RoutingScreen },
};

export function App() {
  const [hash] = useHash({ getInitialValueInEffect: false });
  const other = others[hash];
  return other === undefined ? <Studies /> : <Other {...other} />;
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
          {Object.entries(others).map(([hash, { link }]) => (
            <Anchor key={hash} href={hash} size="sm">
              {link}
            </Anchor>
          ))}
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

function Other({ title, Screen }: { title: string; Screen: ComponentType }) {
  return (
    <AppShell header={{ height: 60 }} padding="sm">
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" justify="space-between">
          <Title order={1} size="h3">
            {title}
          </Title>
          <Anchor href="#" size="sm">
            Studies
          </Anchor>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Suspense fallback={<Loader />}>
          <Screen />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
