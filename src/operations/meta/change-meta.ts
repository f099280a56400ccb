// Changes the labels of a stored resource: what $meta-add and $meta-delete have in common.
// https://hl7.org/fhir/R4/resource-operation-meta-add.html

import { documentOf, parseDocument } from '../../fhir/json.ts';
import { gone, invalid, notFound } from '../../fhir/problem.ts';
import { isObject, type Meta } from '../../fhir/resource.ts';
import { versionHeaders } from '../../interactions/answers.ts';
import { commit } from '../../interactions/commit.ts';
import { checkIfMatch } from '../../interactions/conditional.ts';
import { locate } from '../../interactions/locate.ts';
import { keyOf } from '../../interactions/parts.ts';
import { prepare } from '../../interactions/prepare.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Handler } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { answerWith, readInputs, readJson } from '../parameters.ts';
import { metaIn } from './labels.ts';

/**
 * Answers with the meta the resource has then. Versions never change once they are written, so other labels make a new
 * version, and those that were there (or gone) already make none.
 */
export const changeMeta =
  (change: (meta: Meta, labels: Meta) => Meta): Handler =>
  async (request, permit, context) => {
    const { type, id } = keyOf(request);
    const labels = readLabels(
      readJson(readInputs(request, [{ name: 'meta', type: 'Meta' }]), 'meta'),
    );
    return retryConflicts(async () => {
      const current = await locate({ type, id }, permit, context);
      if (!current) throw notFound(type, id);
      if (current.deleted) throw gone(type, id);
      checkIfMatch(request.headers['if-match'], { type, id }, current);

      const { exact } = parseDocument(current.text, Infinity);
      const before = exact.meta ?? {};
      const meta = change(before, labels);
      if (JSON.stringify(meta) === JSON.stringify(before)) return answerMeta(current);
      const document = documentOf({ ...exact, meta });
      const draft = { type, id, document, method: 'PUT', previous: current } as const;
      const prepared = await prepare(draft, permit, context);
      await commit([prepared.change, ...prepared.also], request, permit, context);
      return answerMeta(prepared.version);
    });
  };

const readLabels = (meta: Readonly<Record<string, unknown>> | undefined): Meta => {
  if (!meta) throw invalid("The parameter 'meta' is needed: a Meta with profile, tag or security.");
  for (const name of ['profile', 'security', 'tag']) {
    const list = meta[name] ?? [];
    const isRight = name === 'profile' ? isText : isObject;
    if (!Array.isArray(list) || !list.every(isRight))
      throw invalid(
        `'meta.${name}' is a list of ${name === 'profile' ? 'canonicals' : 'Codings'}.`,
      );
  }
  return meta;
};

const isText = (value: unknown): boolean => typeof value === 'string';

const answerMeta = (version: Version) => ({
  ...answerWith([{ name: 'return', valueMeta: metaIn(version.text) }]),
  headers: versionHeaders(version),
  shown: [version],
});
