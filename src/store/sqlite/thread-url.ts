// The address of a module beside another one that is to run in a thread: .ts as it is written, .js when it was compiled.

export const threadUrl = (name: string, beside: string): URL =>
  new URL(`./${name}${beside.slice(beside.lastIndexOf('.'))}`, beside);
