import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientKeysModule } from '../client-keys/index.js';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { ClientAssertions } from './client-assertions.service.js';
import { ClientAuthenticator } from './client-authenticator.js';
import { ClientSecretBasicMethod } from './client-secret-basic.method.js';
import { ClientSecretJwtMethod } from './client-secret-jwt.method.js';
import { ClientSecretPostMethod } from './client-secret-post.method.js';
import { NoneMethod } from './none.method.js';
import { PrivateKeyJwtMethod } from './private-key-jwt.method.js';
import { UsedAssertion } from './used-assertion.entity.js';

@Module({
  imports: [
    repositoriesOf(UsedAssertion),
    ClientKeysModule,
    ClientsModule,
    DatabaseModule,
    DiscoveryModule,
    EventsModule,
  ],
  providers: [
    ClientAuthenticator,
    ClientAssertions,
    ClientSecretBasicMethod,
    ClientSecretPostMethod,
    ClientSecretJwtMethod,
    PrivateKeyJwtMethod,
    NoneMethod,
  ],
  exports: [ClientAuthenticator],
})
export class ClientAuthenticationModule {}
