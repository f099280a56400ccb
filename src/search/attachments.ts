// Attachments: which Binaries of this server a resource refers to, and the security context a Binary names, as index values.
// https://hl7.org/fhir/R4/binary.html#security

import type { Definitions } from '../fhir/definitions/types.ts';
import { readReference } from '../fhir/reference.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Entry } from './entry.ts';

/** Its reference entries are the Binaries that attachments and references of the resource point at. */
export const attachmentParam = 'Resource._attachment';
export const securityContextParam = 'Binary._security-context';

type Extract = (resource: Resource, entries: readonly Entry[]) => readonly Entry[];

/** `entries` are those the resource has so far: its indexed references are among them. */
export const compileAttachments = (
  type: string,
  definitions: Definitions,
  base: string,
): Extract => {
  if (type === 'Binary') return (resource) => contextOf(resource, base);
  const paths = attachmentPaths(type, definitions);
  return (resource, entries) => {
    const targets = new Set<string>();
    for (const entry of entries)
      if (entry.kind === 'reference' && entry.target.startsWith('Binary/'))
        targets.add(entry.target.split('/', 2).join('/'));
    for (const path of paths)
      for (const attachment of at(resource, path, 0)) {
        const link = isObject(attachment) ? attachment['url'] : undefined;
        const found = typeof link === 'string' ? readReference(link, base) : undefined;
        if (found?.type === 'Binary') targets.add(`Binary/${found.id}`);
      }
    return [...targets].map((target) => ({
      ...{ kind: 'reference', param: attachmentParam, n: 0, target },
    }));
  };
};

const contextOf = (binary: Resource, base: string): readonly Entry[] => {
  const context = binary['securityContext'];
  const link = isObject(context) ? context['reference'] : undefined;
  if (typeof link !== 'string') return [];
  const found = readReference(link, base);
  const target = found ? `${found.type}/${found.id}` : link;
  return [{ kind: 'reference', param: securityContextParam, n: 0, target }];
};

/** JSON names from the resource to its attachments: `content.attachment`, `presentedForm`. */
const attachmentPaths = (
  type: string,
  definitions: Definitions,
): readonly (readonly string[])[] => {
  const walk = (name: string, path: readonly string[]): readonly (readonly string[])[] =>
    [...(definitions.types.get(name)?.properties ?? [])].flatMap(
      ([
        json,
        {
          type: { code },
        },
      ]) => {
        if (code === 'Attachment') return [[...path, json]];
        const isBackbone = definitions.types.get(code)?.kind === 'backbone';
        return isBackbone && path.length < deepest ? walk(code, [...path, json]) : [];
      },
    );
  return walk(type, []);
};

/** A questionnaire's items hold items. */
const deepest = 8;

const at = (value: unknown, path: readonly string[], place: number): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((each) => at(each, path, place));
  if (place === path.length) return value === undefined ? [] : [value];
  return isObject(value) ? at(value[path[place]!], path, place + 1) : [];
};
