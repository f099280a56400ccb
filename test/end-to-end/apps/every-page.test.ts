// What holds for every page of the three apps: axe finds nothing, nothing is cut off, no browser complains, it has a heading and a
// title, and asks for nothing that is not FHIR, OAuth or a file of the app. A page that is new is missed here until it is visited.

import { expect } from 'chai';
import { cutWords } from './support/cut-words.ts';
import { everything, type Happened } from './support/everything.ts';
import { look } from './support/look.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';
import { pagesOf } from './support/page-table.ts';

type Address = (happened: Happened) => string;

/** Each page of the table in the app's source, and where it is opened. */
const visited: Readonly<Record<AppName, Readonly<Record<string, string | Address>>>> = {
  portal: {
    '/': '/',
    '/record': '/record',
    '/record/conditions': '/record/conditions',
    '/record/allergies': '/record/allergies',
    '/record/immunizations': '/record/immunizations',
    '/record/:type/:id': '/record/Condition/diabetes-priya',
    '/results': '/results',
    '/results/:code': '/results/4548-4',
    '/medicines': '/medicines',
    '/medicines/:id': '/medicines/metformin-priya',
    '/documents': '/documents',
    '/documents/new': '/documents/new',
    '/documents/:id': '/documents/summary-priya',
    '/profile': '/profile',
    '/visits': '/visits',
    '/visits/new': '/visits/new',
    '/visits/wait': '/visits/wait',
    '/visits/confirm/:id': ({ held }) => `/visits/confirm/${held}`,
    '/visits/:id': '/visits/appt-priya',
    '/visits/:id/move': ({ booked }) => `/visits/${booked}/move`,
    '/card': '/card',
    '/sharing': '/sharing',
    '/sharing/new': '/sharing/new',
    '/sharing/looked': '/sharing/looked',
    '/people': '/people',
    '/people/new': '/people/new',
    '/people/invitation': '/people/invitation',
  },
  clinician: {
    '/': '/',
    '/patients': '/patients',
    '/patients/:id': '/patients/priya-sharma',
    '/patients/:id/prescribe': '/patients/priya-sharma/prescribe',
    '/patients/:id/prescriptions/:ids': '/patients/priya-sharma/prescriptions/metformin-priya',
    '/patients/:id/note': '/patients/priya-sharma/note',
    '/patients/:id/orders': '/patients/priya-sharma/orders',
    '/patients/:id/follow-up': '/patients/priya-sharma/follow-up',
    '/patients/:id/gallery': '/patients/priya-sharma/gallery',
    '/access/:uhid?': ({ uhid }) => `/access/${uhid}`,
    '/emergency/:uhid?': ({ uhid }) => `/emergency/${uhid}`,
  },
  desk: {
    '/': '/',
    '/book/:patient?': '/book/priya-sharma',
    '/visits/:id/move': ({ booked }) => `/visits/${booked}/move`,
    '/register': '/register',
    '/patients': '/patients',
    '/patients/:id': '/patients/priya-sharma',
    '/upload/:patient?': '/upload/priya-sharma',
    '/uploads': '/uploads',
    '/duplicates': '/duplicates',
    '/duplicates/:id': ({ duplicate }) => `/duplicates/${duplicate}`,
    '/availability': '/availability',
    '/availability/new': '/availability/new',
    '/availability/:id': ({ schedule }) => `/availability/${schedule}`,
    '/access': '/access',
  },
};

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
        expect(Object.keys(visited[app]).sort()).to.deep.equal([...(await pagesOf(app))].sort());
      });

      for (const [path, address] of Object.entries(visited[app]))
        it(`${path} is as a page should be`, async () => {
          const { page, complaints } = visit;
          const place = typeof address === 'string' ? address : address(happened);
          const before = complaints.length;

          await page.goto(`${apps!.server.url}/apps/${app}${place}`);
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
