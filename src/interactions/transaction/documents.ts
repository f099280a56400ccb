// Documents: what each writing entry will store, with every link between entries and every conditional reference resolved.
// https://hl7.org/fhir/R4/http.html#trules

import { setImmediate } from 'node:timers/promises';
import type { Permit } from '../../access/permit.ts';
import type { Definitions } from '../../fhir/definitions/types.ts';
import { Problem } from '../../fhir/problem.ts';
import type { Document } from '../../fhir/resource.ts';
import type { Expect } from '../../store/port.ts';
import { atEntry } from '../bundle/at-entry.ts';
import { patchVersion } from '../patch/patch-version.ts';
import type { Context } from '../types.ts';
import { resolveReferences, isSearch } from './conditional-references.ts';
import { linksOf, type Identity, type Linked, type Links } from './links.ts';
import { createRewrite, type Rewrite } from './rewrite.ts';
import { isDrafted, type Drafted, type Patch, type Put, type Write } from './writes.ts';

export interface Documents {
  readonly drafts: ReadonlyMap<Write, Document>;
  /** That each conditional reference still means what it was replaced by when everything is written. */
  readonly expect: readonly Expect[];
}

export const draftDocuments = async (
  writes: readonly Write[],
  base: string,
  permit: Permit,
  context: Context,
): Promise<Documents> => {
  const links = linksOf(writes.flatMap(linkedBy), base);
  const rewrite = rewriteFor(context.definitions);
  const searches = new Map<string, Put | Patch>();
  const drafts: Drafted[] = [];
  for (const [place, write] of writes.filter(isDrafted).entries()) {
    const note = (text: string) => {
      if (!searches.has(text)) searches.set(text, write);
    };
    drafts.push({ write, document: await draft(write, { links, rewrite, note, context }) });
    if (place % pause === pause - 1) await setImmediate();
  }
  if (searches.size === 0) return { drafts: mapOf(drafts), expect: [] };

  const { found, expect } = await resolveReferences(
    searches,
    { writes, drafts, base },
    permit,
    context,
  );
  const resolved = drafts.map(({ write, document }) => ({
    ...{ write, document: rewriteDocument(document, rewrite, (text) => found.get(text)) },
  }));
  return { drafts: mapOf(resolved), expect };
};

/** After so many resources other requests have their turn: it is a few milliseconds' work. */
export const pause = 16;

const mapOf = (drafts: readonly Drafted[]): ReadonlyMap<Write, Document> =>
  new Map(drafts.map(({ write, document }) => [write, document]));

const linkedBy = (write: Write): readonly Linked[] => {
  if (write.kind === 'delete') return [];
  const { entry, type, id, previous } = write;
  const before = previous ? Number(previous.version) : 0;
  const version = String(write.kind === 'kept' ? before : before + 1);
  const identity: Identity = { type, id, version };
  return [{ entry, identity }];
};

// The tables of a rewrite cost a little to make and depend on the definitions alone.
const rewrites = new WeakMap<Definitions, Rewrite>();
const rewriteFor = (definitions: Definitions): Rewrite => {
  const made = rewrites.get(definitions) ?? createRewrite(definitions);
  rewrites.set(definitions, made);
  return made;
};

interface Around {
  readonly links: Links;
  readonly rewrite: Rewrite;
  /** Remembers a conditional reference. */
  readonly note: (text: string) => void;
  readonly context: Context;
}

const draft = async (write: Put | Patch, around: Around): Promise<Document> => {
  const { links, rewrite, note, context } = around;
  const { entry } = write;
  const document = write.kind === 'put' ? entry.request.body! : await patched(write, context);
  // In a patched resource only what cannot have been there before is a link of this transaction.
  const follow = (link: string): string | undefined =>
    write.kind === 'put' || link.startsWith('urn:') ? links.follow(link, entry) : undefined;
  const reference = (link: string): string | undefined => {
    const led = follow(link);
    if (led === undefined && isSearch(link, entry.request.base)) note(link);
    return led;
  };
  const by = {
    reference,
    address: follow,
    canonical: (link: string) => links.followCanonical(link),
  };
  const exact = rewrite(document.exact, by);
  if (document.exact === document.plain)
    return exact === document.exact ? document : { exact, plain: exact };
  return { exact, plain: rewrite(document.plain, by) };
};

const patched = async ({ entry, previous }: Patch, context: Context): Promise<Document> => {
  try {
    return await patchVersion(previous, entry.request, context);
  } catch (error) {
    throw error instanceof Problem ? atEntry(entry.place, error, 'Parameters') : error;
  }
};

const rewriteDocument = (
  { exact, plain }: Document,
  rewrite: Rewrite,
  reference: (text: string) => string | undefined,
): Document => {
  const by = { reference, address: () => undefined, canonical: () => undefined };
  const rewritten = rewrite(exact, by);
  return { exact: rewritten, plain: exact === plain ? rewritten : rewrite(plain, by) };
};
