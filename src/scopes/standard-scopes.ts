import type { RegisteredScope } from './registered-scope.entity.js';

const scope = (name: string, title: string, description: string, claims: string[] = []): RegisteredScope => ({
  name,
  title,
  description,
  claims,
  accessTokenTtl: null,
  isDefault: false,
  restricted: false,
});

const PROFILE = [
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'updated_at',
];

/** The scopes that every installation has. @see OpenID Connect Core §5.4, §11 */
export const STANDARD_SCOPES: readonly RegisteredScope[] = [
  scope('openid', 'Sign you in', 'Know that it is you, by an identifier.'),
  scope('profile', 'Your profile', 'See your name, picture, language and other profile data.', PROFILE),
  scope('email', 'Your email address', 'See your email address.', ['email', 'email_verified']),
  scope('address', 'Your postal address', 'See your postal address.', ['address']),
  scope('phone', 'Your phone number', 'See your phone number.', ['phone_number', 'phone_number_verified']),
  scope('offline_access', 'Stay connected', 'Keep this access while you are not using the application.'),
  scope('user_info', 'Your account', 'Read your user name, name and email address.'),
  { ...scope('management', 'Manage this server', 'Change the registered applications.'), restricted: true },
];
