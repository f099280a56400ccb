// Scan: the port by which what is uploaded is looked at for malicious software before it is filed.

import { Problem, tooLarge, unavailable, unprocessable } from '../../fhir/problem.ts';

/** What a scanner says of a file. */
export type Verdict =
  | { readonly kind: 'clean' }
  /** `name` is the scanner's own for what it found. */
  | { readonly kind: 'infected'; readonly name: string }
  /** The scanner takes no file so large. */
  | { readonly kind: 'too large' };

/** Rejects when the scanner cannot be asked. */
export type Scan = (bytes: AsyncIterable<Uint8Array>) => Promise<Verdict>;

/** Throws 422 for what is infected, 413 for what the scanner does not take, 503 when it cannot be asked: nothing goes unscanned. */
export const checkScanned = async (
  scan: Scan | undefined,
  bytes: AsyncIterable<Uint8Array>,
  path: string,
): Promise<void> => {
  if (!scan) return;
  const verdict = await scan(bytes).catch((cause: unknown) => {
    const { status, issues, headers } = unavailable(
      'The virus scanner cannot be reached, so nothing was filed.',
    );
    throw new Problem(status, issues, headers, { cause });
  });
  switch (verdict.kind) {
    case 'clean':
      return;
    case 'too large':
      throw tooLarge('The virus scanner takes no file of this size, so it is not filed.', path);
    case 'infected':
      throw unprocessable([
        {
          ...{ severity: 'error', code: 'business-rule', expression: [path] },
          diagnostics: `The virus scanner has found '${verdict.name}' in this file; nothing was filed.`,
        },
      ]);
  }
};
