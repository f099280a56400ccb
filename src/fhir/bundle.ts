// Bundles put together from JSON texts, so that a resource on its way out is never parsed.
// https://hl7.org/fhir/R4/bundle.html

export interface Link {
  readonly relation: 'self' | 'first' | 'previous' | 'next' | 'last';
  readonly url: string;
}

/** One entry; `text` is the JSON of the resource, `search`, `request` and `response` are plain objects. */
export interface BundleEntry {
  readonly fullUrl?: string;
  readonly text?: string;
  readonly search?: object;
  readonly request?: object;
  readonly response?: object;
}

export interface BundleParts {
  readonly type: string;
  readonly id?: string;
  /** An instant: when the Bundle was put together. */
  readonly lastUpdated?: string;
  /** Canonical of the profile it was made by. */
  readonly profile?: string;
  /** An Identifier, which a document has for ever. */
  readonly identifier?: object;
  readonly timestamp?: string;
  readonly total?: number;
  readonly links?: readonly Link[];
  readonly entries: readonly BundleEntry[];
}

/** The JSON text of a Bundle. Empty lists are left out, as FHIR wants. */
export const bundleText = (bundle: BundleParts): string => {
  const { id, timestamp, total, links = [], entries } = bundle;
  let text = '{"resourceType":"Bundle"';
  if (id !== undefined) text += `,"id":${JSON.stringify(id)}`;
  text += metaText(bundle);
  if (bundle.identifier) text += `,"identifier":${JSON.stringify(bundle.identifier)}`;
  text += `,"type":"${bundle.type}"`;
  if (timestamp !== undefined) text += `,"timestamp":"${timestamp}"`;
  if (total !== undefined) text += `,"total":${String(total)}`;
  if (links.length > 0) text += `,"link":${JSON.stringify(links)}`;
  if (entries.length > 0) text += `,"entry":[${entries.map(entryText).join(',')}]`;
  return `${text}}`;
};

const metaText = ({ lastUpdated, profile }: BundleParts): string => {
  if (profile !== undefined)
    return `,"meta":${JSON.stringify({ lastUpdated, profile: [profile] })}`;
  return lastUpdated === undefined ? '' : `,"meta":{"lastUpdated":"${lastUpdated}"}`;
};

const entryText = (entry: BundleEntry): string => {
  const members: string[] = [];
  if (entry.fullUrl !== undefined) members.push(`"fullUrl":${JSON.stringify(entry.fullUrl)}`);
  if (entry.text !== undefined) members.push(`"resource":${entry.text}`);
  if (entry.search) members.push(`"search":${JSON.stringify(entry.search)}`);
  if (entry.request) members.push(`"request":${JSON.stringify(entry.request)}`);
  if (entry.response) members.push(`"response":${JSON.stringify(entry.response)}`);
  return `{${members.join(',')}}`;
};
