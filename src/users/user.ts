/** Claims about a person. @see OpenID Connect Core §5.1 */
export type UserClaims = Readonly<Record<string, unknown>>;

/** A person, as Gatehouse needs to know one; a host application maps its own user to this. */
export interface User {
  /** Never reassigned, at most 255 ASCII characters. @see OpenID Connect Core §2 */
  readonly subject: string;
  readonly username: string;
  readonly claims: UserClaims;
  readonly roles: readonly string[];
}
