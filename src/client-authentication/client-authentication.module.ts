import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { ClientAuthenticator } from './client-authenticator.js';
import { ClientSecretBasicMethod } from './client-secret-basic.method.js';
import { ClientSecretPostMethod } from './client-secret-post.method.js';
import { NoneMethod } from './none.method.js';

@Module({
  imports: [ClientsModule, DiscoveryModule, EventsModule],
  providers: [ClientAuthenticator, ClientSecretBasicMethod, ClientSecretPostMethod, NoneMethod],
  exports: [ClientAuthenticator],
})
export class ClientAuthenticationModule {}
