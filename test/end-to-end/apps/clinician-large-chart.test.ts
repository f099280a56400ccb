// The chart of somebody who has been ill for a long time: more than a thousand resources, one small batch, and how long it took.

import { expect } from 'chai';
import type { Bundle } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { unrestricted } from '#src/access/permit.ts';
import { parseDocument } from '#src/fhir/json.ts';
import { describeShared, readShared } from '../../support/shared.ts';
import { openApps, type Apps } from './support/open-apps.ts';

/** Mr. Wendell Lesch of Synthea. */
const file = 'bundles/853767e6-14a5-400e-8b95-636f87701943.json.gz';

describeShared('the chart of a patient of a thousand resources', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  it('opens by one batch of little more than what it shows', async () => {
    const text = readShared('synthea', file);
    expect((JSON.parse(text) as Bundle).entry).to.have.length.above(1000);
    await load(text);
    const { page, signIn, close } = await apps!.visit();
    await signIn('clinician', 'deshpande');
    await page.getByRole('link', { name: 'Patients' }).first().click();
    await page.getByLabel('Find a patient').fill('Lesch');
    const link = page.getByRole('link', { name: 'Mr. Wendell Lesch' });
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    const answers = answersTo(page, apps!.server.base);

    const clicked = performance.now();
    await link.click();
    await page.getByRole('region', { name: 'Problems' }).getByRole('listitem').first().waitFor();
    const upper = performance.now() - clicked;
    await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
    const whole = performance.now() - clicked;
    await page.waitForLoadState('networkidle');

    expect(answers).to.have.length(1);
    const { count, bytes } = await answers[0]!;
    expect(count).to.be.within(10, 20);
    // Of a record of 3.5 MB.
    expect(bytes).to.be.below(300_000);
    console.log(
      `      problems after ${upper.toFixed(0)} ms, the whole after ${whole.toFixed(0)} ms, ${String(bytes)} bytes before compression`,
    );
    await close();
  });

  /** As the hospital of the doctor would have written it. */
  const load = async (text: string): Promise<void> => {
    const { context, base } = apps!.server;
    const body = parseDocument(text, context.limits.depth);
    const permit = { ...unrestricted, custodian: 'Organization/sahyadri' };
    const headers = { prefer: 'return=minimal' };
    await context.dispatch({ method: 'POST', path: '', query: [], headers, body, base }, permit);
  };
});

interface Answer {
  /** Of the JSON, as it is parsed. */
  readonly bytes: number;
  /** Entries of the batch. */
  readonly count: number;
}

/** Grows with each answer of the FHIR API. */
const answersTo = (page: Page, base: string): readonly Promise<Answer>[] => {
  const answers: Promise<Answer>[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(base))
      answers.push(
        response.text().then((text) => ({
          bytes: Buffer.byteLength(text),
          count: (JSON.parse(text) as Bundle).entry?.length ?? 0,
        })),
      );
  });
  return answers;
};
