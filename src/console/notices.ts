/** Fixed sentences: nothing that comes in an address is ever shown. */
const NOTICES: ReadonlyMap<unknown, string> = new Map([
  ['created', 'It is created.'],
  ['saved', 'The changes are saved.'],
  ['deleted', 'It is deleted.'],
  ['secret-deleted', 'The secret is deleted: whatever still uses it is refused.'],
  ['disabled', 'The user is disabled: every session and token has ended.'],
  ['enabled', 'The user may sign in again.'],
  ['revoked', 'It is revoked: its tokens are dead.'],
  ['told-again', 'The application is told again.'],
  ['rotated', 'The next key is published, and used once everybody can know it.'],
  ['rotated-now', 'The new key is used from now on.'],
]);

/** What to say after a redirect. */
export const noticeOf = (done: unknown): string | undefined => NOTICES.get(done);
