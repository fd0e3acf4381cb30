import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key-encryption key does not fit what the database holds. */
export class WrongKeyEncryptionKeyError extends Error {
  constructor(cause: unknown) {
    super(
      'the private keys in the database cannot be decrypted: keyEncryptionKey (GATEHOUSE_KEY_ENCRYPTION_KEY) ' +
        'is not the one they were encrypted with',
      { cause },
    );
  }
}

/** Encrypts small secrets for storage: AES-256-GCM, bound to what they belong to. */
export class KeyEncryption {
  constructor(private readonly key: KeyObject) {}

  /** @param context what the secret belongs to: moved elsewhere, it no longer decrypts. */
  encrypt(secret: Buffer, context: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws WrongKeyEncryptionKeyError */
  decrypt(sealed: Buffer, context: string): Buffer {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new WrongKeyEncryptionKeyError(error);
    }
  }
}
