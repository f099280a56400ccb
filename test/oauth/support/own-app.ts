// Our own apps as a browser meets them: they live on this server, so the answer to a launch is an address of it.

import type { OwnApp } from '#src/access/own-apps.ts';
import type { Browser, Shown } from './browser.ts';
import { authorize, newVerifier, post, type Reply } from './launch.ts';
import type { World } from './world.ts';

export interface Opening {
  readonly app: OwnApp;
  readonly user: string;
  readonly scope: string;
  readonly patient?: string;
  readonly browser?: Browser;
  readonly parameters?: Readonly<Record<string, string>>;
}

export const homeOf = ({ url }: World, { id }: Pick<OwnApp, 'id'>): string => `${url}/apps/${id}/`;

/** As far as the app, or the page on which it ended. */
export const open = (world: World, opening: Opening, verifier = newVerifier()): Promise<Shown> => {
  const { app, parameters, ...wishes } = opening;
  return authorize(
    world,
    {
      ...{ ...wishes, client: app.id },
      parameters: { redirect_uri: homeOf(world, app), ...parameters },
    },
    verifier,
  );
};

/** As far as the token reply. */
export const openWithToken = async (world: World, opening: Opening): Promise<Reply> => {
  const verifier = newVerifier();
  const shown = await open(world, opening, verifier);
  const code = new URL(shown.address).searchParams.get('code');
  if (code === null) throw new Error(`No code: ${shown.address} ${shown.text.slice(0, 1500)}`);
  return post(world, '/token', {
    ...{ grant_type: 'authorization_code', code, redirect_uri: homeOf(world, opening.app) },
    ...{ code_verifier: verifier, client_id: opening.app.id },
  });
};
