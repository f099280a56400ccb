// Asks the same of many, some at a time.

/** The answers in order. Not all at once: thousands of questions would fill the queue before the first answer. */
export const inSlices = async <From, To>(
  list: readonly From[],
  ask: (one: From) => Promise<To>,
): Promise<readonly To[]> => {
  const answers: To[] = [];
  for (let start = 0; start < list.length; start += 64)
    answers.push(...(await Promise.all(list.slice(start, start + 64).map(ask))));
  return answers;
};
