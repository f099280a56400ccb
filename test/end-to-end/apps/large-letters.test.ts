// Twice as large: pages zoomed to 200 %, and letters alone made twice as large, lose no word. WCAG 2.2, 1.4.4 and 1.4.10.

import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { restingOverflow } from '../support/check-page.ts';
import { cutWords } from './support/cut-words.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';

const people = { portal: 'priya', clinician: 'deshpande', desk: 'kulkarni' } as const;

const pages: Readonly<Record<AppName, readonly string[]>> = {
  portal: ['', 'record', 'results/4548-4', 'visits/new', 'card', 'sharing', 'profile'],
  clinician: ['', 'patients/priya-sharma', 'patients/priya-sharma/prescribe', 'access'],
  desk: ['', 'register', 'patients/priya-sharma', 'upload', 'availability'],
};

describe('at twice the size', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  for (const app of ['portal', 'clinician', 'desk'] as const)
    describe(`the ${app}`, () => {
      let visit: Visit;
      let page: Page;
      before(async () => {
        visit = await apps!.visit();
        page = visit.page;
        await visit.signIn(app, people[app]);
      });
      after(() => visit.close());

      for (const path of pages[app]) {
        const open = async (width: number): Promise<void> => {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(`${apps!.server.url}/apps/${app}/${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
          await page.waitForLoadState('networkidle');
        };

        it(`loses no word of /${path} zoomed to 200 %`, async () => {
          // A screen of 1280 pixels has half as many of CSS then.
          await open(640);

          expect(await restingOverflow(page), 'pixels beyond the screen').to.equal(0);
          expect(await cutWords(page)).to.deep.equal([]);
        });

        it(`loses no word of /${path} with letters twice as large`, async () => {
          await open(1280);
          await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
          if (pictures !== undefined) {
            const name = `large-${app}-${path.replaceAll('/', '-')}.png`;
            await page.screenshot({ path: join(pictures, name), fullPage: true });
          }

          expect(await restingOverflow(page), 'pixels beyond the screen').to.equal(0);
          expect(await cutWords(page)).to.deep.equal([]);
        });
      }
    });
});

/** SCREENSHOTS names a folder for pictures of what was checked. */
const pictures = process.env['SCREENSHOTS'];
