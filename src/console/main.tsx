// The console in the browser.

import '@mantine/core/styles.css';
import { type CSSVariablesResolver, createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: 1 } },
});

/** WCAG 2.2 1.4.3 asks for 4.5:1, of buttons and of what is said more quietly too. */
const theme = createTheme({
  primaryShade: { light: 8, dark: 8 },
  components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } } },
});
const contrasts: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': 'var(--mantine-color-gray-7)' },
  dark: { '--mantine-color-dimmed': 'var(--mantine-color-dark-1)' },
});

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <MantineProvider defaultColorScheme="auto" theme={theme} cssVariablesResolver={contrasts}>
      <App />
    </MantineProvider>
  </QueryClientProvider>,
);
