import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../common/index.js';
import { loadAssets, sendAsset } from './page-assets.js';
import { PagesOptions } from './pages-options.js';

/** The style sheet and the mark: public, cacheable, without a cookie. */
@ApiExcludeController()
@Controller('assets')
@Public()
export class AssetsController {
  private readonly assets: ReturnType<typeof loadAssets>;

  constructor(private readonly options: PagesOptions) {
    this.assets = loadAssets(options.templatesDirectory);
  }

  @Get('gatehouse.css')
  style(@Query('v') version: unknown, @Res() response: Response): void {
    sendAsset(response, this.assets['gatehouse.css'], version, this.options.secure);
  }

  @Get('mark.svg')
  mark(@Query('v') version: unknown, @Res() response: Response): void {
    sendAsset(response, this.assets['mark.svg'], version, this.options.secure);
  }
}
