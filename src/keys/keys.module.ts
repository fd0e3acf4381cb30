import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { Settings } from '../config/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { JwksController, JwksMetadata } from './jwks.controller.js';
import { JwtService } from './jwt.service.js';
import { KeyEncryption } from './key-encryption.js';
import { localKeyEncryptionKey } from './local-key-encryption-key.js';
import { KeyRotation } from './key-rotation.service.js';
import { KeysService } from './keys.service.js';
import { StoredKey } from './stored-key.entity.js';

const keyEncryption = {
  provide: KeyEncryption,
  inject: [Settings],
  useFactory: (settings: Settings) =>
    new KeyEncryption(settings.keyEncryptionKey ?? localKeyEncryptionKey(settings.dataDir)),
};

@Module({
  imports: [repositoriesOf(StoredKey), AuditModule, DatabaseModule, EventsModule],
  controllers: [JwksController],
  providers: [keyEncryption, KeysService, JwtService, KeyRotation, JwksMetadata],
  exports: [KeyEncryption, JwtService],
})
export class KeysModule {}
