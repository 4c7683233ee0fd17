// The console in the browser.

import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: 1 } },
});

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <MantineProvider defaultColorScheme="auto">
      <App />
    </MantineProvider>
  </QueryClientProvider>,
);
