import { IsBoolean, IsEmail, IsOptional, Length, Matches } from 'class-validator';

const USERNAME = { message: 'a username is 1 to 200 characters without control characters' };

/** A user by name. */
export class NamedUserArgs {
  @Matches(/^\P{Cc}{1,200}$/u, USERNAME)
  username!: string;
}

export class NewUserArgs extends NamedUserArgs {
  /** Made when left out. */
  @IsOptional()
  @Length(8, 500, { message: 'a password has 8 to 500 characters' })
  password?: string;

  @IsOptional()
  @IsBoolean()
  admin?: boolean;

  @IsOptional()
  @IsEmail({}, { message: 'the email address is not one' })
  email?: string;

  @IsOptional()
  @Matches(/^\P{Cc}{1,200}$/u, { message: 'a name is 1 to 200 characters without control characters' })
  name?: string;
}

/** A user as it is. */
export interface UserState {
  readonly sub: string;
  readonly username: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

export interface CreatedUser extends UserState {
  /** Shown only now; absent where the operator chose it. */
  readonly password?: string;
}

export interface UserCommandMap {
  'user.create': { args: NewUserArgs; result: CreatedUser };
  'user.disable': { args: NamedUserArgs; result: UserState };
  'user.enable': { args: NamedUserArgs; result: UserState };
}
