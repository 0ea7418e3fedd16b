import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { assert } from '../scenario';
import { until } from '../wait';

const IMAGES = resolve(__dirname, '../../docs/images');
const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** The browser of this machine: CHROMIUM, or where Debian and Google put theirs. */
export function findBrowser(): string | undefined {
  return process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu'] });
}

/** One person at a browser of their own. */
export class Person {
  readonly name: string;
  private readonly page: Page;
  private readonly url: string;
  private readonly password: string;

  private constructor(page: Page, url: string, name: string, password: string) {
    this.page = page;
    this.url = url;
    this.name = name;
    this.password = password;
  }

  static async arrive(browser: Browser, url: string, name: string, password = `${name} has a long password`) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('dialog', (dialog) => dialog.accept());
    return new Person(page, url, name, password);
  }

  /** Signs up. Gives what the page says. */
  async signUp(): Promise<string> {
    await this.open('signup');
    await this.page.fill('[name=username]', this.name);
    await this.page.fill('[name=email]', `${this.name}@example.com`);
    await this.page.fill('[name=signup_password]', this.password);
    await this.page.fill('[name=signup_password_confirmation]', this.password);
    await this.submit('[name=signup_password_confirmation]');
    return this.page.innerText('.alert');
  }

  /** Whether the hub lets this person in. */
  async logIn(): Promise<boolean> {
    await this.page.context().clearCookies();
    await this.open('login');
    await this.page.fill('[name=username]', this.name);
    await this.page.fill('[name=password]', this.password);
    await this.submit('[name=password]');
    return (
      (await this.page.locator('[name=password]').count()) === 0 && !(await this.text()).includes('403 : ')
    );
  }

  /** Decides on a sign-up on the page of approvals. */
  async decide(name: string, decision: string): Promise<void> {
    await this.open('authorize');
    await Promise.all([
      this.page.waitForLoadState('load'),
      this.page.click(`#account-${name} button[value=${decision}]`),
    ]);
    await this.page.waitForSelector(
      decision === 'approve' ? `#account-${name} button[value=revoke]` : 'table',
    );
  }

  /** The names and states that the page of approvals shows; undefined where the hub does not open it. */
  async approvals(): Promise<readonly string[] | undefined> {
    await this.open('authorize');
    if ((await this.page.locator('table').count()) === 0) return undefined;
    return this.page.locator('tbody tr td:first-child').allInnerTexts();
  }

  /** Profiles on offer. */
  async profiles(): Promise<string[]> {
    await this.open('spawn');
    const all = await this.page.locator('[name=profile]').all();
    return Promise.all(all.map(async (one) => (await one.getAttribute('value')) ?? ''));
  }

  /** Starts a server, and waits until it answers. While another one stops, the hub has no form. */
  async start(profile: string): Promise<void> {
    await until(async () => {
      await this.open('spawn');
      return (await this.page.locator(`#profile-item-${profile}`).count()) > 0 || undefined;
    }, `${this.name} to be offered ${profile}`);
    await this.page.check(`#profile-item-${profile}`);
    await Promise.all([this.page.waitForLoadState('load'), this.page.click('#spawn_form [type=submit]')]);
    await this.page.waitForURL(/\/user\//, { timeout: 90_000 });
    assert((await this.text()).includes('Stand-in for JupyterLab'), `${this.name} is not in the server`);
  }

  /** Asks for a profile that the form does not offer. Gives what the page says. */
  async force(profile: string): Promise<string> {
    await this.open(`spawn?profile=${profile}`);
    return this.text();
  }

  async stop(): Promise<void> {
    await this.open('home');
    await this.page.click('#stop');
    await until(async () => {
      await this.open('home');
      return (await this.page.locator('#stop').count()) === 0 || undefined;
    }, `the end of the server of ${this.name}`);
  }

  /** Stops another's server on the admin page. */
  async stopAs(administrator: string): Promise<void> {
    await this.open('admin');
    const row = this.page.locator('tr', { hasText: administrator });
    await row.getByRole('button', { name: 'Stop Server' }).first().click();
  }

  async text(): Promise<string> {
    return this.page.innerText('body');
  }

  async open(page: string): Promise<void> {
    await this.page.goto(`${this.url}/hub/${page}`, { waitUntil: 'load' });
  }

  /** A picture for the docs, when they are being made. */
  async picture(name: string, page: string, ready = 'main, .container'): Promise<void> {
    if (process.env.PICTURES !== '1') return;
    await this.open(page);
    await this.page.waitForSelector(ready);
    await this.page.screenshot({ path: join(IMAGES, `${name}.png`) });
  }

  private async submit(field: string): Promise<void> {
    await Promise.all([this.page.waitForNavigation(), this.page.press(field, 'Enter')]);
    await this.page.waitForLoadState('load');
  }
}
