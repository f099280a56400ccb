// What holds for every page of the three apps: axe finds nothing, nothing is cut off, no browser complains, it has a heading and a
// title, and asks for nothing that is not FHIR, OAuth or a file of the app. A page that is new is missed here until it is visited.

import { expect } from 'chai';
import { addresses, addressOf } from './support/addresses.ts';
import { cutWords } from './support/cut-words.ts';
import { everything, type Happened } from './support/everything.ts';
import { look } from './support/look.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';
import { pagesOf } from './support/page-table.ts';

const people = { portal: 'priya', clinician: 'deshpande', desk: 'kulkarni' } as const;

describe('every page of', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let happened: Happened;
  before(async function () {
    apps = await openApps(this);
    happened = await everything(apps.server);
  });
  after(() => apps?.close());

  for (const app of ['portal', 'clinician', 'desk'] as const)
    describe(`the ${app}`, () => {
      let visit: Visit;
      before(async () => {
        visit = await apps!.visit();
        await visit.signIn(app, people[app]);
      });
      after(() => visit.close());

      it('is visited here', async () => {
        expect(Object.keys(addresses[app]).sort()).to.deep.equal([...(await pagesOf(app))].sort());
      });

      for (const [path, address] of Object.entries(addresses[app]))
        it(`${path} is as a page should be`, async () => {
          const { page, complaints } = visit;
          const before = complaints.length;

          await page.goto(`${apps!.server.url}/apps/${app}${addressOf(address, happened)}`);
          // What comes later, as a part or its words, hides what is there for a moment.
          await page.waitForLoadState('networkidle');
          const heading = page.getByRole('heading', { level: 1 });
          await heading.waitFor();
          await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });

          expect(await heading.count(), 'headings').to.equal(1);
          expect(await page.title()).to.equal(`${await heading.innerText()} – Meridian`);
          await look(page, nameOf(app, path));
          await page.setViewportSize({ width: 320, height: 800 });
          expect(await cutWords(page), 'cut at 320 px').to.deep.equal([]);
          await page.setViewportSize({ width: 1280, height: 800 });
          expect(complaints.slice(before)).to.deep.equal([]);
        });

      it('asks for nothing but FHIR, OAuth and the files of the app', () => {
        const { url } = apps!.server;
        const ways = [`${url}/fhir`, `${url}/oauth/`, `${url}/apps/${app}/`, 'blob:', 'data:'];
        const strange = visit.requests
          .map((request) => request.split(' ')[1]!)
          .filter((asked) => !ways.some((way) => asked.startsWith(way)));

        expect(strange).to.deep.equal([]);
      });
    });
});

const nameOf = (app: AppName, path: string): string =>
  [app, ...path.split(/[/:?]+/)].filter(Boolean).join('-');
