// A real browser for tests: the one CHROMIUM_PATH names, the one inside an npm package, or the machine's own.
// Where none starts, the test is skipped and says what every one of them answered.

import { existsSync } from 'node:fs';
import chromiumPackage from '@sparticuz/chromium';
import type { Context } from 'mocha';
import { chromium, type Browser } from 'playwright-core';
import { skip } from './skip.ts';

/** What the pages of a machine have too: nothing here weakens what a page may do, so its own policies are in force. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--no-first-run',
];

/**
 * Call inside `before`; the caller closes it. A CHROMIUM_PATH that does not start fails the test: someone meant it. `more` are
 * further flags: a camera that shows a film.
 */
export const openBrowser = async (
  test: Context,
  more: readonly string[] = [],
): Promise<Browser> => {
  const launch = (executablePath: string): Promise<Browser> =>
    chromium.launch({ executablePath, headless: true, args: [...flags, ...more] });
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined) return launch(named);
  const refusals: string[] = [];
  for (const find of [inPackage, onMachine]) {
    try {
      return await launch(await find());
    } catch (error) {
      refusals.push(String(error).split('\n')[0]!);
    }
  }
  return skip(test, `no Chromium starts here (set CHROMIUM_PATH): ${refusals.join('; ')}`);
};

/** Unpacks itself into the temporary folder the first time. */
const inPackage = (): Promise<string> => chromiumPackage.executablePath();

const onMachine = async (): Promise<string> => {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => existsSync(path),
  );
  if (found === undefined) throw new Error('no Chromium is installed');
  return found;
};
