// Preload the first page: its parts are named in index.html, so that a browser fetches them beside the script that asks for
// them, instead of one after the other. On a phone's network each of them is a sixth of a second.
// https://developer.mozilla.org/en-US/docs/Web/HTML/Reference/Attributes/rel/modulepreload

import type { HtmlTagDescriptor, Plugin } from 'vite';

/** `modules` are ends of paths, such as `/portal/src/home/HomePage.tsx`; one that no chunk is made of fails the build. */
export const preloadFirst = (base: string, modules: readonly string[]): Plugin => ({
  name: 'preload-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      if (bundle === undefined) return [];
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      return modules.map((module): HtmlTagDescriptor => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        if (chunk === undefined) throw new Error(`No chunk is made of '${module}'.`);
        const href = `${base}${chunk.fileName}`;
        return { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href } };
      });
    },
  },
});
