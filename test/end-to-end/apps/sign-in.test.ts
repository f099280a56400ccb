// Each app signs in by SMART and shows its first page to whom it is for.

import { expect } from 'chai';
import { look } from './support/look.ts';
import { openApps, type Apps } from './support/open-apps.ts';

const people = [
  { app: 'portal', username: 'priya', width: 375 },
  { app: 'clinician', username: 'deshpande', width: 1280 },
  { app: 'desk', username: 'kulkarni', width: 1280 },
] as const;

describe('the apps', function () {
  this.timeout(180_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  for (const { app, username, width } of people)
    it(`opens the ${app} for ${username}, clean to axe in all widths`, async () => {
      const { page, complaints, signIn, close } = await apps!.visit(width);
      await signIn(app, username);

      await look(page, `${app}-first`);

      expect(complaints).to.deep.equal([]);
      await close();
    });
});
