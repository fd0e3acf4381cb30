/** Paths of our own that a sign-in may lead back to: matched, never parsed, so that no parser can be fooled. */
const OWN_PAGE = /^\/(account|applications|admin|docs)(\/[\w-]+)*$/;

/** The path, if it is one of our own pages. */
export const returnPath = (wanted: unknown): string | undefined =>
  typeof wanted === 'string' && OWN_PAGE.test(wanted) ? wanted : undefined;
