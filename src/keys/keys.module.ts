import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { Settings } from '../config/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { JwksController, JwksMetadata } from './jwks.controller.js';
import { JwtService } from './jwt.service.js';
import { KeyEncryption } from './key-encryption.js';
import { localKeyEncryptionKey } from './local-key-encryption-key.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeysService } from './signing-keys.service.js';

const keyEncryption = {
  provide: KeyEncryption,
  inject: [Settings],
  useFactory: (settings: Settings) =>
    new KeyEncryption(settings.keyEncryptionKey ?? localKeyEncryptionKey(settings.dataDir)),
};

@Module({
  imports: [repositoriesOf(SigningKey), AuditModule, DatabaseModule, EventsModule],
  controllers: [JwksController],
  providers: [keyEncryption, SigningKeysService, JwtService, JwksMetadata],
  exports: [KeyEncryption, JwtService],
})
export class KeysModule {}
