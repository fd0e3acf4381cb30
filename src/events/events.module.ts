import { Module } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { EventsService } from './events.service.js';

@Module({ imports: [DiscoveryModule], providers: [EventsService, MetadataScanner], exports: [EventsService] })
export class EventsModule {}
