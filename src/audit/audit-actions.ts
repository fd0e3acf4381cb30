/** Everything that is recorded, by what it is done to. */
export const AUDIT_ACTIONS = [
  'client.created',
  'client.updated',
  'client.deleted',
  'client.secret_created',
  'client.secret_replaced',
  'client.secret_deleted',
  'initial_access_token.created',
  'initial_access_token.deleted',
  'scope.created',
  'scope.updated',
  'scope.deleted',
  'resource.created',
  'resource.updated',
  'resource.deleted',
  'user.created',
  'user.updated',
  'user.password_reset',
  'user.disabled',
  'user.enabled',
  'key.rotated',
  'authorization.revoked',
  'logout_delivery.retried',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

type TargetOf<A extends string> = A extends `${infer Target}.${string}` ? Target : never;

export type AuditTargetType = TargetOf<AuditAction>;

export const AUDIT_TARGET_TYPES: readonly AuditTargetType[] = [
  'client',
  'initial_access_token',
  'scope',
  'resource',
  'user',
  'key',
  'authorization',
  'logout_delivery',
];
