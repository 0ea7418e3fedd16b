import { Agent, type RequestOptions, request } from 'node:https';

/** How to reach an API server, and as whom. */
export interface Connection {
  readonly server: string;
  readonly ca?: string;
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whom to ask as, instead of the owner of the token. */
  readonly subject?: Subject;
  /** Whether writes are judged as always, but not kept. */
  readonly dryRun?: boolean;
}

export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface Answer {
  readonly status: number;
  /** The object, or the Status that says why not. */
  readonly body: Body;
}

export interface Body {
  readonly kind?: string;
  readonly message?: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the API server says.
  readonly [field: string]: any;
}

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  readonly uid?: string;
  readonly deletionTimestamp?: string;
}

/** A small client of one API server: the paths of kinds come from its own discovery. */
export class Api {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<Map<string, Resource>>>();
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
    const { ca, cert, key } = connection;
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
    });
  }

  /** Server-side apply of one document, byte for byte, with strict field validation. Default: for good, not as a dry run. */
  async apply(reference: Reference, text: string, dryRun = false): Promise<Answer> {
    const query = `fieldManager=argocd-controller&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.send('PATCH', `${await this.path(reference)}?${query}`, text, {
      'content-type': 'application/apply-patch+yaml',
    });
  }

  async create(object: Reference, headers: Record<string, string> = {}): Promise<Answer> {
    const path = await this.path(object);
    return this.send('POST', path.slice(0, path.lastIndexOf('/')), JSON.stringify(object), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  /** What a create would answer, with strict field validation; nothing is made. */
  async tryCreate(object: Reference): Promise<Answer> {
    const path = await this.path({ ...object, metadata: { ...object.metadata, name: '' } });
    return this.send('POST', `${path}?dryRun=All&fieldValidation=Strict`, JSON.stringify(object), {
      'content-type': 'application/json',
    });
  }

  /** What an update to this object would answer, with strict field validation; nothing is changed. */
  async tryReplace(object: Reference): Promise<Answer> {
    const path = await this.path(object);
    return this.send('PUT', `${path}?dryRun=All&fieldValidation=Strict`, JSON.stringify(object), {
      'content-type': 'application/json',
    });
  }

  async get(reference: Reference): Promise<Answer> {
    return this.send('GET', await this.path(reference));
  }

  /** Objects of a kind: of one namespace, or of all. */
  async list<T = Body>(
    { apiVersion, kind, namespace }: { apiVersion: string; kind: string; namespace?: string },
    labelSelector = '',
  ): Promise<T[]> {
    const path = await this.path({
      apiVersion,
      kind,
      metadata: { name: '', ...(namespace && { namespace }) },
    });
    const { status, body } = await this.send(
      'GET',
      `${path}?labelSelector=${encodeURIComponent(labelSelector)}`,
    );
    if (status !== 200) throw new Error(`list of ${kind}: ${status} ${body.message}`);
    return body.items as T[];
  }

  /** JSON merge patch of an object, or of its status. */
  async patch(reference: Reference, change: unknown, subresource?: 'status'): Promise<Answer> {
    const path = await this.path(reference);
    return this.send(
      'PATCH',
      subresource === undefined ? path : `${path}/${subresource}`,
      JSON.stringify(change),
      {
        'content-type': 'application/merge-patch+json',
      },
    );
  }

  async delete(reference: Reference): Promise<Answer> {
    return this.send('DELETE', `${await this.path(reference)}?gracePeriodSeconds=0`);
  }

  /** A client that asks as somebody else, and whose writes are not kept. */
  dryRunAs(subject: Subject): Api {
    return new Api({ ...this.connection, subject, dryRun: true });
  }

  /** Forgets what kinds there are, after new ones were made. */
  forget(): void {
    this.resources.clear();
  }

  private async path({ apiVersion, kind, metadata }: Reference): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    let known = this.resources.get(base);
    if (known === undefined) {
      known = this.discover(base);
      this.resources.set(base, known);
    }
    const resource = (await known).get(kind);
    if (resource === undefined) throw new Error(`the API server has no ${apiVersion} ${kind}`);
    const { name, namespace } = metadata;
    const within = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${base}${within}/${resource.name}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
  }

  private async discover(base: string): Promise<Map<string, Resource>> {
    const { body } = await this.send('GET', base);
    const list = (body.resources ?? []) as { name: string; kind: string; namespaced: boolean }[];
    return new Map(list.filter(({ name }) => !name.includes('/')).map((entry) => [entry.kind, entry]));
  }

  send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { server, token, subject, dryRun } = this.connection;
    const options: RequestOptions = {
      method,
      agent: this.agent,
      headers: {
        ...headers,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(subject && { 'impersonate-user': subject.user, 'impersonate-group': [...subject.groups] }),
      },
    };
    const url = new URL(path, server);
    if (dryRun === true && method !== 'GET') url.searchParams.set('dryRun', 'All');
    return new Promise((resolve, reject) => {
      const sent = request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function parse(bytes: Buffer): Body {
  const text = bytes.toString();
  try {
    return JSON.parse(text) as Body;
  } catch {
    return { message: text };
  }
}
