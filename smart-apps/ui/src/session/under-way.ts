// Under way: what an app does for somebody who need not touch anything meanwhile, such as sending a file. It does not lock itself then.

const works = new Set<symbol>();

export const isAnythingUnderWay = (): boolean => works.size > 0;

/** However `work` ends, it is over then. */
export const underWay = async <T>(work: () => Promise<T>): Promise<T> => {
  const one = Symbol('work');
  works.add(one);
  try {
    return await work();
  } finally {
    works.delete(one);
  }
};
