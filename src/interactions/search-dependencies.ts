// What the planning of a search needs, with the rights of the caller in it: chains look only at what the caller may see.

import { unrestricted, type Permit } from '../access/permit.ts';
import type { SearchDependencies } from '../search/search-dependencies.ts';
import type { Context } from './types.ts';

export const searchDependencies = (
  permit: Permit,
  { registry, terminology, definitions }: Context,
): SearchDependencies => ({
  ...{ registry, terminology, definitions },
  ...(permit === unrestricted ? {} : { visible: (type: string) => permit.filter(type) }),
});
