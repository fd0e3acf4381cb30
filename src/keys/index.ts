export * from './algorithms.js';
export { signWithSecret } from './hmac-jws.js';
export { KeyEncryption } from './key-encryption.js';
export * from './jwt.service.js';
export * from './keys.module.js';
export * from './signing-key.entity.js';
export type { KeyDescription, KeyState } from './key-ring.js';
export type { Rotation, RotationOptions } from './signing-keys.service.js';
export { JWKS_MAX_AGE } from './rotation-schedule.js';
