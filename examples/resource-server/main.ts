import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ResourceServerModule } from 'gatehouse/resource-server';
import type { ResourceServerOptions } from 'gatehouse/resource-server';
import { NotesController } from './notes.controller.js';

const { ISSUER: issuer = 'http://localhost:3000', PORT = '3001' } = process.env;

/** Takes JWT access tokens, and asks nobody: a revocation counts when the token expires. */
const byKeys: ResourceServerOptions = {
  issuer,
  audience: 'https://notes.example.com',
  metadata: { name: 'Notes', scopes: ['notes.read', 'notes.write'] },
};

/** Takes every access token, and asks the issuer about it: a revocation counts at once. */
const byIntrospection: ResourceServerOptions = {
  ...byKeys,
  introspection: { clientId: 'notes-api', clientSecret: 'notes-api-secret', cacheFor: 0 },
};

const introspects = process.argv.includes('--introspect');

@Module({
  imports: [ResourceServerModule.forRoot(introspects ? byIntrospection : byKeys)],
  controllers: [NotesController],
})
class AppModule {}

const app = await NestFactory.create(AppModule);
await app.listen(Number(PORT), '127.0.0.1');
console.log(`Notes at http://localhost:${PORT}/notes, tokens by ${introspects ? 'introspection' : 'keys'}`);
