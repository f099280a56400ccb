// Routes: which interaction answers which method on which path. The router and the CapabilityStatement both read it.
// https://hl7.org/fhir/R4/http.html#summary

import { createBinary, readBinary, updateBinary, vreadBinary } from '../interactions/binary.ts';
import { capabilities } from '../interactions/capabilities.ts';
import { create } from '../interactions/create.ts';
import { conditionalRemove, remove } from '../interactions/delete.ts';
import { history } from '../interactions/history.ts';
import { conditionalPatch, patch } from '../interactions/patch.ts';
import { postBundle } from '../interactions/post-bundle.ts';
import { read } from '../interactions/read.ts';
import { appendUpload, cancelUpload, uploadOffset } from '../interactions/resumable/resume.ts';
import { search } from '../interactions/search.ts';
import { smartConfiguration } from '../interactions/smart-configuration.ts';
import type { Handler } from '../interactions/types.ts';
import { conditionalUpdate, update } from '../interactions/update.ts';
import { vread } from '../interactions/vread.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What a request brings or an answer has besides FHIR's JSON: the parameters of a search, a patch in its own format, or
 * the bytes of a Binary (which may be JSON as well).
 */
export type Kind = 'form' | 'patch' | 'bytes';

export interface Route {
  readonly method: Method;
  /** Below the FHIR base; `[word]` stands for what the request names there, everything else for itself. */
  readonly path: string;
  /** FHIR's own name of the interaction; also the label of its metrics. */
  readonly interaction: string;
  readonly handler: Handler;
  readonly kind?: Kind;
}

type Row = readonly [Method, path: string, interaction: string, Handler, Kind?];

// The first that fits answers, so a name comes before a placeholder.
const rows: readonly Row[] = [
  ['GET', 'metadata', 'capabilities', capabilities],
  ['GET', '.well-known/smart-configuration', 'smart-configuration', smartConfiguration, 'bytes'],
  ['GET', '', 'search-system', search],
  ['POST', '', 'transaction', postBundle],
  ['POST', '_search', 'search-system', search, 'form'],
  ['GET', '_history', 'history-system', history],

  ['POST', 'Binary', 'create', createBinary, 'bytes'],
  ['GET', 'Binary/_upload/[id]', 'upload-offset', uploadOffset, 'bytes'],
  ['PATCH', 'Binary/_upload/[id]', 'upload-append', appendUpload, 'bytes'],
  ['DELETE', 'Binary/_upload/[id]', 'upload-cancel', cancelUpload, 'bytes'],
  ['GET', 'Binary/[id]', 'read', readBinary, 'bytes'],
  ['PUT', 'Binary/[id]', 'update', updateBinary, 'bytes'],
  ['GET', 'Binary/[id]/_history/[version]', 'vread', vreadBinary, 'bytes'],

  ['GET', '[type]', 'search-type', search],
  ['POST', '[type]', 'create', create],
  ['PUT', '[type]', 'update', conditionalUpdate],
  ['PATCH', '[type]', 'patch', conditionalPatch, 'patch'],
  ['DELETE', '[type]', 'delete', conditionalRemove],
  ['POST', '[type]/_search', 'search-type', search, 'form'],
  ['GET', '[type]/_history', 'history-type', history],

  ['GET', '[type]/[id]', 'read', read],
  ['PUT', '[type]/[id]', 'update', update],
  ['PATCH', '[type]/[id]', 'patch', patch, 'patch'],
  ['DELETE', '[type]/[id]', 'delete', remove],
  ['GET', '[type]/[id]/_history', 'history-instance', history],
  ['GET', '[type]/[id]/_history/[version]', 'vread', vread],

  ['GET', '[compartment]/[id]/*', 'search-compartment', search],
  ['POST', '[compartment]/[id]/_search', 'search-compartment', search, 'form'],
  ['GET', '[compartment]/[id]/[type]', 'search-compartment', search],
  ['POST', '[compartment]/[id]/[type]/_search', 'search-compartment', search, 'form'],
  ['POST', '[compartment]/[id]/*/_search', 'search-compartment', search, 'form'],
];

export const routes: readonly Route[] = rows.map(([method, path, interaction, handler, kind]) => ({
  ...{ method, path, interaction, handler },
  ...(kind ? { kind } : {}),
}));

/** What the CapabilityStatement may name. A batch is posted where a transaction is. */
export const interactions: readonly string[] = [
  ...new Set(routes.map(({ interaction }) => interaction)),
  'batch',
];

/** Interactions that a type does not have: a patch has nothing to hold on to in the bytes of a Binary. */
export const withheld: Readonly<Record<string, readonly string[]>> = { Binary: ['patch'] };
