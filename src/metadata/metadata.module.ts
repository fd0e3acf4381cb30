import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { MetadataController } from './metadata.controller.js';
import { MetadataService } from './metadata.service.js';

@Module({ imports: [DiscoveryModule], controllers: [MetadataController], providers: [MetadataService] })
export class MetadataModule {}
