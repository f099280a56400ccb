// The health record's own app, with which a clinician opens others.

import { launch } from './launch.ts';
import type { Person, World } from './world.ts';

/** A token that may open launches. */
export const ehrToken = async (world: World, person: Person): Promise<string> => {
  const scope = 'openid fhirUser user/*.cruds';
  const { reply } = await launch(world, world.apps.ehr, scope, { person });
  return String(reply.json.access_token);
};
