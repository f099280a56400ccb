// The apps as people meet them: a server with the demonstration, its own built apps, and a real browser.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { loadDemonstration } from '#src/administration/demonstration.ts';
import { publishNamingSystem } from '#src/health-id/naming-system.ts';
import { openBrowser } from '../../../support/browser.ts';
import { startServer, type StoreName, type TestServer } from '../../../support/server.ts';
import { collectComplaints } from '../../support/complaints.ts';

export type AppName = 'portal' | 'clinician' | 'desk';

export interface Apps {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Where the server keeps what it has sent, instead of sending it. */
  readonly dataDir: string;
  /** A fresh browser of somebody, who has not signed in yet, as wide as said. */
  readonly visit: (width?: number, more?: BrowserContextOptions) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Every request the pages made: method and address. */
  readonly requests: readonly string[];
  /** Opens the app and signs in; ends on its first page. */
  readonly signIn: (app: AppName, username: string, password?: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Of every account of the demonstration. */
const known = 'green-hill-demo';

/** Call inside `before`, with a timeout of minutes. */
export const openApps = async (test: Context, store?: StoreName): Promise<Apps> => {
  const browser = await openBrowser(test);
  const dataDir = await mkdtemp(join(tmpdir(), 'meridian-apps-'));
  const server = await startServer({
    ...{ guard: 'standard', dataDir },
    env: { ENROL_ON_CREATE: 'on' },
    ...(store === undefined ? {} : { store }),
  });
  const { context, application, base } = server;
  await loadDemonstration({ context, base, administer: application.administer });
  await publishNamingSystem('https://meridian.example/uhid', context, base);
  return {
    ...{
      server,
      browser,
      dataDir,
      visit: (width = 1280, more = {}) => openVisit(server, browser, { ...at(width), ...more }),
    },
    close: async () => {
      await browser.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const at = (width: number): BrowserContextOptions => ({ viewport: { width, height: 800 } });

const openVisit = async (
  server: TestServer,
  browser: Browser,
  options: BrowserContextOptions,
): Promise<Visit> => {
  const context = await browser.newContext({
    // What moves cannot be looked at.
    reducedMotion: 'reduce',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  const complaints = collectComplaints(page);
  return {
    ...{ page, complaints, requests },
    signIn: async (app, username, password = known) => {
      await page.goto(`${server.url}/apps/${app}/`);
      await page.getByLabel(/user ?name/i).fill(username);
      await page.getByLabel(/^password/i).fill(password);
      await page.getByRole('button', { name: /^sign in$/i }).click();
      await page.waitForURL(`${server.url}/apps/${app}/`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    close: () => context.close(),
  };
};
