// What a browser complains of while it shows our pages: refused by a policy, not found, thrown.

import type { Page } from 'playwright-core';

/** Grows as long as the page is open. */
export const collectComplaints = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
};
