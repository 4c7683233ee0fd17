// One page: a search, the studies it finds, the one that is chosen, and what is being dropped in.

import { Anchor, AppShell, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { DropArea } from './drop-area.tsx';
import { noSearch, type Search } from './qido.ts';
import { SearchBar } from './search-bar.tsx';
import { StudyList } from './study-list.tsx';
import { StudyPanel } from './study-panel.tsx';

export function App() {
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
