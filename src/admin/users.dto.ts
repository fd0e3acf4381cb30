/** A user as it is: never with a password or its hash. */
export class UserDto {
  sub!: string;

  username!: string;

  roles!: string[];

  /** Who is disabled cannot sign in and has nothing left. */
  disabled!: boolean;

  /** OpenID Connect Core §5.1 */
  claims!: Record<string, unknown>;

  created_at!: Date;

  updated_at!: Date;
}
