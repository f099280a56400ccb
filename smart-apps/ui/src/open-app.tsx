// Open an app: languages, theme, queries, sign-in and addresses around its own pages. The same for every app.

import '@mantine/core/styles.css';
import './theme.css';
import { StrictMode, Suspense, type ReactNode } from 'react';
import { DirectionProvider, MantineProvider, type MantineThemeOverride } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { kindOf } from './fhir/failure.ts';
import { FollowLanguage } from './FollowLanguage.tsx';
import { openLanguages, type Texts } from './languages.ts';
import type { AppSettings } from './session/launch.ts';
import { registerShell } from './service-worker/register.ts';
import { renewWhenOld } from './service-worker/renew.ts';
import { SessionGate } from './session/SessionGate.tsx';
import type { Page } from './shell/Pages.tsx';
import { Loading } from './states/Loading.tsx';
import { readableTints } from './theme.ts';

export interface App {
  readonly settings: AppSettings;
  readonly theme: MantineThemeOverride;
  readonly texts: Texts;
  readonly pages: readonly Page[];
  readonly children: ReactNode;
}

export const openApp = async (app: App): Promise<void> => {
  const { settings, theme, texts, pages, children } = app;
  renewWhenOld();
  registerShell(settings.name);
  // Who cannot have them now is told so where they are missed.
  await Promise.all([openLanguages(texts, settings.firstTexts), fetchOpened(pages, settings)]);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <DirectionProvider>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={readableTints}
          defaultColorScheme="auto"
        >
          <QueryClientProvider client={createQueries()}>
            <Suspense fallback={<Loading label="…" />}>
              <FollowLanguage />
              <SessionGate app={settings}>
                <Router base={`/apps/${settings.name}`}>{children}</Router>
              </SessionGate>
            </Suspense>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  );
};

/** The page whose address is open, where it stands in the table as it is. */
const fetchOpened = async (pages: readonly Page[], { name }: AppSettings): Promise<void> => {
  const path = globalThis.location.pathname.slice(`/apps/${name}`.length);
  await pages
    .find((page) => page.path === path)
    ?.fetch()
    .catch(() => undefined);
};

/** What is not going to be better the second time is not asked again. */
const worthAgain: ReadonlySet<string> = new Set(['network', 'busy', 'fault']);

const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && worthAgain.has(kindOf(error)),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
