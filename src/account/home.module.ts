import { Module } from '@nestjs/common';
import { PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { HomeController } from './home.controller.js';

/** The page at `/`: for the server that runs alone, because a host application has a first page of its own. */
@Module({ imports: [PagesModule, SessionsModule], controllers: [HomeController] })
export class HomeModule {}
