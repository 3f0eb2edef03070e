import type { Page } from 'playwright-core';
import { type PageTheme, themeScript } from './pageThemes.ts';
import { servePage } from './servePage.ts';
import { testBrowser } from './testBrowser.ts';

// Components of the panel alone on a page, with the panel's own style sheet and policy.

/** How a page of `test/page/site` is opened. */
export interface PageOptions {
  readonly theme: PageTheme;
  readonly width: number;
  readonly height: number;
  /** Of the screen: 2 is what a zoom of 200 % makes of a page, beside half the room. */
  readonly deviceScaleFactor?: number;
  readonly hasTouch?: boolean;
  readonly forcedColors?: 'active';
}

/** Pages of one file in `test/page/site`. */
export interface TestSite {
  readonly open: (options: PageOptions) => Promise<Page>;
  readonly stop: () => void;
}

/** Bundles `test/page/site/<name>.ts` and serves it on loopback. */
export async function startTestSite(name: string): Promise<TestSite> {
  const { url, close } = await servePage(`test/page/site/${name}.ts`);
  return {
    open: async ({ theme, width, height, ...options }) => {
      const browser = await testBrowser();
      const context = await browser.newContext({ viewport: { width, height }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(5000);
      await page.addInitScript(themeScript(theme));
      await page.goto(url);
      return page;
    },
    stop: close,
  };
}
