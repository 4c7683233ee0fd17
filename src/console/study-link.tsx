// A study by its UID, which may break anywhere so that tables stay as wide as their column.

import { Anchor } from '@mantine/core';

export function StudyLink({ uid }: { uid: string }) {
  return (
    <Anchor href={`/look/${uid}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
      {uid}
    </Anchor>
  );
}
