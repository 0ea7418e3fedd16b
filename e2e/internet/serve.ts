import { spawn } from 'node:child_process';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join, normalize } from 'node:path';
import { GIT_ENVIRONMENT } from './git';

/**
 * A proxy that answers for every host itself, over TLS, from <folder>/<host>/: repositories of Git by Git's own
 * program, all else as files, which is all that a Helm repository or a registry that is only read needs.
 */
function serve(folder: string, port: number): void {
  const credentials = {
    key: readFileSync(join(folder, 'key.pem')),
    cert: readFileSync(join(folder, 'cert.pem')),
  };
  const hosts = createTlsServer(credentials, (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'https://host');
    const root = join(folder, normalize(`/${request.headers.host?.split(':')[0]}`));
    if (/\.git\//.test(pathname)) return answerByGit(root, pathname, search.slice(1), request, response);
    return answerByFile(join(root, normalize(decodeURIComponent(pathname))), request, response);
  });
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', (_, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    hosts.emit('connection', socket);
  });
  proxy.listen(port, '127.0.0.1');
}

/** Runs `git http-backend`, a CGI program. */
function answerByGit(
  root: string,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const header = (name: string) => [request.headers[name] ?? ''].flat().join();
  const env = {
    ...process.env,
    ...GIT_ENVIRONMENT,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
  };
  const git = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  request.pipe(git.stdin);
  git.stdin.on('error', () => {});
  const chunks: Buffer[] = [];
  git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  git.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output.subarray(0, end).toString().split('\r\n');
    for (const line of headers) {
      const [name = '', ...value] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value.join(), 10);
      else if (name !== '') response.setHeader(name, value.join(': '));
    }
    response.end(output.subarray(end + 4));
  });
}

/** In a registry a manifest says its type, and asks are by digest or tag alike. */
function answerByFile(file: string, { method }: IncomingMessage, response: ServerResponse): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  if (file.includes('/manifests/')) {
    const { mediaType } = JSON.parse(readFileSync(file, 'utf8'));
    response.setHeader('content-type', mediaType);
  }
  response.setHeader('content-length', found.size);
  if (method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

const [folder = '', port = ''] = process.argv.slice(2);
serve(folder, Number(port));
