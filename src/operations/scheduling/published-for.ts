// published-for: what a server publishes, read at most once a minute: anybody may ask, as often as they like.

import type { Context } from '../../interactions/types.ts';
import { readRegions, type Region } from '../../scheduling/publish/regions.ts';

interface Publication {
  readonly regions: readonly Region[];
  readonly at: number;
}

export const publishedFor = (context: Context): Promise<Publication> => {
  const found = publications.get(context);
  const now = context.now();
  if (found && found.at > now - keptMilliseconds) return found.publication;
  const publication = readRegions(context).then((regions) => ({ regions, at: now }));
  publications.set(context, { publication, at: now });
  publication.catch(() => publications.delete(context));
  return publication;
};

const keptMilliseconds = 60_000;

/** Of each server in the process. */
const publications = new WeakMap<
  Context,
  { readonly publication: Promise<Publication>; readonly at: number }
>();
