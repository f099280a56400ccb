// What goes wrong with a FHIRPath expression.

/** The expression is wrong (syntax, an unknown function or type), or asks for one item where there are several. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

/** Legal FHIRPath that our compiler leaves to the general engine; never reaches the caller. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}
