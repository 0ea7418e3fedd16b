import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');
const SERVER = join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server');
/** Where an editor would have the file: its schema line is relative. */
const FILE = pathToFileURL(join(ROOT, 'tenants/editor-test.yaml')).href;
const START = readFileSync(join(ROOT, 'tenants/vision.yaml'), 'utf8').split('\n')[0];

interface Message {
  readonly id?: number;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are whatever the protocol says.
  readonly [field: string]: any;
}

/** The language server that editors run, spoken to as they do. */
class Editor {
  private readonly server: ChildProcessWithoutNullStreams = spawn(process.execPath, [SERVER, '--stdio']);
  private readonly waiting = new Map<number | string, (message: Message) => void>();
  private buffer = Buffer.alloc(0);
  private id = 0;
  private version = 0;

  constructor() {
    this.server.stdout.on('data', (chunk: Buffer) => this.read(chunk));
  }

  async open(): Promise<void> {
    await this.ask('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    this.tell('initialized', {});
    this.tell('workspace/didChangeConfiguration', {
      settings: { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } },
    });
    const textDocument = { uri: FILE, languageId: 'yaml', version: 0, text: '' };
    this.tell('textDocument/didOpen', { textDocument });
  }

  /** Replaces the text, and gives what the editor would underline. */
  write(text: string): Promise<string[]> {
    const version = ++this.version;
    const found = new Promise<Message>((done) => this.waiting.set('textDocument/publishDiagnostics', done));
    this.tell('textDocument/didChange', { textDocument: { uri: FILE, version }, contentChanges: [{ text }] });
    return found.then(({ params }) => params.diagnostics.map((one: { message: string }) => one.message));
  }

  ask(method: string, params: object): Promise<Message> {
    const id = ++this.id;
    const answer = new Promise<Message>((done) => this.waiting.set(id, done));
    this.send({ id, method, params });
    return answer;
  }

  at(method: string, line: number, character: number): Promise<Message> {
    return this.ask(`textDocument/${method}`, { textDocument: { uri: FILE }, position: { line, character } });
  }

  close(): void {
    this.server.kill();
  }

  private tell(method: string, params: object): void {
    this.send({ method, params });
  }

  private send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private read(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const head = /^[\s\S]*?Content-Length: (\d+)[\s\S]*?\r\n\r\n/.exec(this.buffer.toString('latin1'));
      const end = (head?.[0].length ?? 0) + Number(head?.[1] ?? 0);
      if (head === null || this.buffer.length < end) return;
      this.receive(JSON.parse(this.buffer.subarray(head[0].length, end).toString()));
      this.buffer = this.buffer.subarray(end);
    }
  }

  private receive(message: Message): void {
    // The server asks for settings and the like; it goes on without.
    if (message.id !== undefined && message.method !== undefined) {
      this.send({ id: message.id, result: null });
      return;
    }
    this.waiting.get(message.id ?? message.method ?? '')?.(message);
  }
}

let editor: Editor;

beforeAll(async () => {
  editor = new Editor();
  await editor.open();
});
afterAll(() => editor.close());

describe('the first line of a tenant file', () => {
  it('gives errors', async () => {
    const found = await editor.write(`${START}\napiVersion: tenantry.dev/v1alpha1\nkind: Tenants\n`);
    expect(found.join('\n')).toMatch(/Tenant/);
  });

  it('gives completion', async () => {
    await editor.write(`${START}\nspec:\n  \n`);
    const { result } = await editor.at('completion', 2, 2);
    const labels = (result.items ?? result).map(({ label }: { label: string }) => label);
    expect(labels).toEqual(expect.arrayContaining(['owner', 'members', 'quota']));
  });

  it('gives the meaning of a field', async () => {
    await editor.write(`${START}\nspec:\n  notebooks:\n    home: 50Gi\n`);
    const { result } = await editor.at('hover', 3, 6);
    expect(JSON.stringify(result.contents)).toContain('home volume');
  });
});
