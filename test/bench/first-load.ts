// First load: how long an app takes on a slow phone network until it can be used, from an empty cache, by kind of arrival.
// Run by `npm run bench:apps`. The network is Lighthouse's "slow 4G": 150 ms round trips, 1.6 Mbit/s down, 750 kbit/s up.
// https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startChild } from '../support/child-server.ts';

const slow4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const rounds = 5;

/** Milliseconds from opening the address until the page of an app shows its heading and nothing is loading any more. */
const timeUntilUsable = async (page: Page, url: string): Promise<number> => {
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('h1').waitFor();
  for (const loader of await page.locator('[role=status] [class*=Loader]').all())
    await loader.waitFor({ state: 'detached' });
  return performance.now() - began;
};

const throttle = async (context: BrowserContext, page: Page): Promise<void> => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: false });
  await devtools.send('Network.clearBrowserCache');
  await devtools.send('Network.emulateNetworkConditions', slow4G);
};

const signIn = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.getByLabel(/user ?name/i).fill('priya');
  await page.getByLabel(/^password/i).fill('green-hill-demo');
  await page.getByRole('button', { name: /^sign in$/i }).click();
  await page.locator('h1').waitFor();
  await page.waitForURL(url);
};

const median = (times: readonly number[]): number =>
  [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]!;

spawnSync('npm', ['run', '--silent', 'build:apps', '--', '--if-stale'], { stdio: 'inherit' });
const folder = await mkdtemp(join(tmpdir(), 'meridian-load-'));
const server = await startChild(folder, { DEMO: 'on', ENROL_ON_CREATE: 'on' });
const browser = await launchBrowser();
const url = `${server.url}/apps/portal/`;
const times: Record<string, number[]> = {
  'signed in in this tab': [],
  'signed in at the server': [],
};
for (let round = 0; round < rounds; round += 1) {
  const context = await browser.newContext({
    viewport: { width: 375, height: 800 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await signIn(page, url);
  await throttle(context, page);
  times['signed in in this tab']!.push(await timeUntilUsable(page, url));
  const other = await context.newPage();
  await throttle(context, other);
  times['signed in at the server']!.push(await timeUntilUsable(other, url));
  await context.close();
}
for (const [arrival, measured] of Object.entries(times))
  console.log(
    `${arrival.padEnd(26)} median ${median(measured).toFixed(0)} ms of ${measured.map((time) => time.toFixed(0)).join(', ')}`,
  );
await browser.close();
await server.end('SIGTERM');
await rm(folder, { recursive: true, force: true });
