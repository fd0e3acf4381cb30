/** Fixed sentences: nothing that comes in an address is ever shown. */
const NOTICES: ReadonlyMap<unknown, string> = new Map([
  ['created', 'The application is registered.'],
  ['saved', 'The changes are saved.'],
  ['deleted', 'The application is deleted.'],
  ['secret-deleted', 'The secret is deleted: whatever still uses it is refused.'],
]);

/** What to say after a redirect. */
export const noticeOf = (done: unknown): string | undefined => NOTICES.get(done);
