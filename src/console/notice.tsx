// One sentence in the middle of an empty screen.

import { Center, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function Notice({ children }: { children: ReactNode }) {
  return (
    <Center h="60%">
      <Text component="div" c="dimmed">
        {children}
      </Text>
    </Center>
  );
}
