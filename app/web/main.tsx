import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isTemporary } from '../../core/ui/api.ts';
import { RegistryContext } from '../../core/ui/registry.ts';
import { ThemeProvider } from '../../core/ui/theme/provider.tsx';
import { registry } from './registry.ts';
import { createAppRouter } from './routes.tsx';

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => count < 2 && isTemporary(error), networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const router = createAppRouter(registry);
const place = document.getElementById('app');

if (place) {
  createRoot(place).render(
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={client}>
          <RegistryContext value={registry}>
            <RouterProvider router={router} />
          </RegistryContext>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}
