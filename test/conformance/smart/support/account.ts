// The account of a signed-in person, where apps are listed and their access is ended.

import { formsOf, type Agent } from './agent.ts';
import type { App } from './app.ts';
import { wordsOf } from './form.ts';
import type { World } from './world.ts';

/** In the browser that signed in: presses the button beside the app. */
export const revokeInAccount = async (world: World, agent: Agent, app: App): Promise<void> => {
  const page = await agent.get(world.configuration.management_endpoint);
  const name = `The ${app.id} app`;
  const form = formsOf(page).find(
    ({ buttons, fields }) =>
      buttons.some(({ words }) => words.includes(name)) ||
      fields.some(({ value }) => value === app.id),
  );
  if (form === undefined)
    throw new Error(
      `The account shows no way to end '${name}': ${wordsOf(page.text).slice(0, 400)}`,
    );
  await agent.submit(form);
};
