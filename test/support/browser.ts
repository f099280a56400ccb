// A real browser for tests: the one CHROMIUM_PATH names, the one inside an npm package, or the machine's own.
// Where none starts, the test is skipped and says what every one of them answered.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

/** With letters for every script of the apps, whatever the machine has. */
const fonts = fileURLToPath(new URL('fonts.conf', import.meta.url));

/**
 * Call inside `before`; the caller closes it. A CHROMIUM_PATH that does not start fails the test: someone meant it. `more` are
 * further flags: a camera that shows a film.
 */
export const openBrowser = (test: Context, more: readonly string[] = []): Promise<Browser> =>
  launchBrowser(more).catch((error: unknown) => {
    if (process.env['CHROMIUM_PATH'] !== undefined) throw error;
    return skip(test, String(error));
  });

/** Throws what each of the places answered where a browser could be. */
export const launchBrowser = async (more: readonly string[] = []): Promise<Browser> => {
  const named = process.env['CHROMIUM_PATH'];
  const places = named === undefined ? [inPackage, onMachine] : [() => Promise.resolve(named)];
  const refusals: string[] = [];
  for (const find of places) {
    try {
      const executablePath = await find();
      return await chromium.launch({
        ...{ executablePath, headless: true, args: [...flags, ...more] },
        env: { ...process.env, FONTCONFIG_FILE: fonts },
      });
    } catch (error) {
      refusals.push(String(error).split('\n')[0]!);
    }
  }
  throw new Error(`no Chromium starts here (set CHROMIUM_PATH): ${refusals.join('; ')}`);
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
