// The SMART configuration of a server whose users reach it over TLS, as a proxy in front of it sees it.

import { startServer } from '../../../support/server.ts';
import type { World } from './world.ts';

/** Use inside `describe`. */
export const publishedBehindTls = (): (() => World['configuration']) => {
  let configuration: World['configuration'];
  before(async () => {
    const server = await startServer({
      guard: 'standard',
      env: { PUBLIC_URL: 'https://record.example' },
    });
    const answer = await fetch(`${server.base}/.well-known/smart-configuration`);
    configuration = await answer.json();
    await server.close();
  });
  return () => configuration;
};
