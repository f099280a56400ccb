// A look at a page of an app: axe, narrow and wide, light and dark; pictures where SCREENSHOTS names a folder.

import type { Page } from 'playwright-core';
import { checkPage } from '../../support/check-page.ts';

/** Once what the page shows is there. Leaves the window as it was. */
export const look = async (page: Page, name: string): Promise<void> => {
  const size = page.viewportSize();
  await page.waitForLoadState('networkidle');
  await checkPage(page, `app-${name}`);
  await page.emulateMedia({ colorScheme: 'light' });
  if (size !== null) await page.setViewportSize(size);
};
