import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../common/index.js';
import { type AssetName, loadAssets } from './page-assets.js';
import { baselineHeaders } from './page-headers.js';
import { PagesOptions } from './pages-options.js';

const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_MINUTES = 'public, max-age=300';

/** The style sheet and the mark: public, cacheable, without a cookie. */
@ApiExcludeController()
@Controller()
@Public()
export class AssetsController {
  private readonly assets: ReturnType<typeof loadAssets>;

  constructor(private readonly options: PagesOptions) {
    this.assets = loadAssets(options.templatesDirectory);
  }

  @Get('assets/gatehouse.css')
  style(@Query('v') version: unknown, @Res() response: Response): void {
    this.send(response, 'gatehouse.css', version);
  }

  @Get(['assets/mark.svg', 'favicon.ico'])
  mark(@Query('v') version: unknown, @Res() response: Response): void {
    this.send(response, 'mark.svg', version);
  }

  private send(response: Response, name: AssetName, version: unknown): void {
    const asset = this.assets[name];
    response
      .set({
        ...baselineHeaders(this.options.secure),
        'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
        'Content-Type': asset.type,
        'Cache-Control': version === asset.version ? FOR_EVER : FOR_MINUTES,
      })
      .send(asset.body);
  }
}
